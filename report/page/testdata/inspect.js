// Looks at the page as it is laid out and returns what is wrong with it, a
// sentence each. The tests evaluate it through the DevTools protocol.
(() => {
  const problems = [];
  const shown = (e) => e.getClientRects().length > 0 && e.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true });
  const name = (e) => `<${e.tagName.toLowerCase()}> ${JSON.stringify(e.textContent.trim().slice(0, 60))}`;

  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) problems.push(`the page scrolls sideways: ${root.scrollWidth} in ${root.clientWidth}`);

  // Texts of a drawing neither cover each other nor leave it.
  let drawings = 0, texts = 0;
  for (const svg of document.querySelectorAll("svg")) {
    if (!shown(svg)) continue;
    drawings++;
    const frame = svg.getBoundingClientRect();
    const boxes = [...svg.querySelectorAll("text")].filter(shown).map((e) => ({ e, r: e.getBoundingClientRect() }));
    texts += boxes.length;
    boxes.forEach(({ e, r }, i) => {
      if (r.left < frame.left - 1 || r.right > frame.right + 1 || r.top < frame.top - 1 || r.bottom > frame.bottom + 1) problems.push(`cut by its drawing: ${name(e)}`);
      for (const { e: f, r: s } of boxes.slice(i + 1)) {
        if (Math.min(r.right, s.right) - Math.max(r.left, s.left) > 1 && Math.min(r.bottom, s.bottom) - Math.max(r.top, s.top) > 1) problems.push(`overlap: ${name(e)} and ${name(f)}`);
      }
      const size = parseFloat(getComputedStyle(e).fontSize) * e.getScreenCTM().a;
      const turned = Math.abs(e.getScreenCTM().a) < 1e-6;
      if (!turned && size < 9) problems.push(`letters ${size.toFixed(1)} px high: ${name(e)}`);
    });
  }

  // Text is not wider than its box. Tables scroll in theirs.
  for (const e of document.querySelectorAll("h1,h2,h3,p,li,dt,dd,summary,figcaption,th,td")) {
    if (shown(e) && e.scrollWidth > e.clientWidth + 1) problems.push(`cut: ${name(e)}: ${e.scrollWidth} in ${e.clientWidth}`);
  }
  for (const e of document.querySelectorAll("table")) {
    if (shown(e) && e.getBoundingClientRect().right > root.clientWidth + 1 && !e.closest(".scroll")) problems.push(`a table outside of a box that scrolls: ${name(e)}`);
  }

  // Contrast of text as WCAG 2.2 defines it (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio).
  const parse = (c) => { const m = c.match(/[\d.]+/g).map(Number); return { r: m[0], g: m[1], b: m[2], a: m.length > 3 ? m[3] : 1 }; };
  const over = (f, b, a) => ({ r: f.r * a + b.r * (1 - a), g: f.g * a + b.g * (1 - a), b: f.b * a + b.b * (1 - a), a: 1 });
  const light = (c) => {
    const [r, g, b] = [c.r, c.g, c.b].map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (e) => {
    for (; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c.a > 0) return c;
    }
    return { r: 255, g: 255, b: 255, a: 1 };
  };
  let measured = 0, least = 99;
  for (const e of document.querySelectorAll("body *")) {
    const svg = e.closest("svg");
    if (!shown(e) || ![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) || (svg && !e.closest("text"))) continue;
    const style = getComputedStyle(e), back = behind(svg ? svg.parentElement : e);
    const ink = parse(svg ? style.fill : style.color);
    let alpha = ink.a;
    for (let p = e; p; p = p.parentElement) alpha *= parseFloat(getComputedStyle(p).opacity);
    if (svg) alpha *= parseFloat(style.fillOpacity);
    const [a, b] = [light(over(ink, back, alpha)), light(back)];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    measured++;
    least = Math.min(least, ratio);
    if (ratio < 4.5 && !(e.closest("[aria-hidden]") && ratio >= 3)) problems.push(`contrast ${ratio.toFixed(2)}: ${name(e)}`);
  }
  return { problems, drawings, texts, measured, least, background: getComputedStyle(document.body).backgroundColor };
})()
