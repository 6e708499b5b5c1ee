// CloudFront Functions, runtime 2.0. Condenses what a cache key may hold:
// Accept-Language to en or ja, the cookies to those that the site reads.
function handler(event) {
  const request = event.request;
  const accepted = request.headers['accept-language'];
  request.headers['accept-language'] = { value: language(accepted ? textOf(accepted) : '') };
  const kept = {};
  ['experiment', 'session'].forEach((name) => {
    const cookie = request.cookies[name];
    if (cookie && cookie.value !== '') kept[name] = { value: cookie.value };
  });
  request.cookies = kept;
  return request;
}

function textOf(field) {
  return (field.multiValue || [field]).map((each) => each.value).join(',');
}

// language is the one of en and ja with the highest weight, the first of equals.
function language(accepted) {
  let best = 'en';
  let most = 0;
  accepted.toLowerCase().split(',').forEach((part) => {
    const pieces = part.trim().split(';q=');
    const weight = pieces.length < 2 ? 1 : Number(pieces[1]) || 0;
    const primary = pieces[0].split('-')[0];
    if ((primary === 'en' || primary === 'ja') && weight > most) {
      best = primary;
      most = weight;
    }
  });
  return best;
}
