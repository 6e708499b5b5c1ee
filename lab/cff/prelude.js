// What surrounds a CloudFront Function: the modules that AWS documents, a clock that
// stands still, and no way to make code out of text.
(function (global) {
  'use strict';
  const log = global.__log, digest = global.__digest, encode = global.__encode, decode = global.__decode;
  for (const name of ['__log', '__digest', '__encode', '__decode']) delete global[name];

  const hexOf = (bytes) => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
  const bytesOf = (hex) => Array.from({ length: hex.length / 2 }, (_, i) => parseInt(hex.substr(2 * i, 2), 16));

  class Buffer extends Uint8Array {
    static from(value, encoding) {
      if (typeof value === 'string') return new Buffer(bytesOf(decode(value, encoding || 'utf8')));
      return new Buffer(Array.from(value));
    }
    static alloc(n) { return new Buffer(n); }
    static concat(list) { return new Buffer([].concat(...list.map((b) => Array.from(b)))); }
    static byteLength(value, encoding) { return Buffer.from(value, encoding).length; }
    static isBuffer(value) { return value instanceof Buffer; }
    toString(encoding) { return encode(hexOf(this), encoding || 'utf8'); }
    equals(other) { return hexOf(this) === hexOf(other); }
  }

  const dataOf = (data) => (typeof data === 'string' ? decode(data, 'utf8') : hexOf(data));

  class Hash {
    constructor(algorithm, key) {
      if (digest(algorithm, '-', '') === '') throw new TypeError('not supported algorithm: "' + algorithm + '"');
      this.algorithm = algorithm; this.key = key; this.data = '';
    }
    update(data) { this.data += dataOf(data); return this; }
    digest(encoding) {
      const hex = digest(this.algorithm, this.key, this.data);
      if (encoding === undefined) return new Buffer(bytesOf(hex));
      if (!['hex', 'base64', 'base64url'].includes(encoding)) throw new TypeError('Unknown digest encoding: "' + encoding + '"');
      return encode(hex, encoding);
    }
  }

  const escape = encodeURIComponent;
  const unescape = (s) => { try { return decodeURIComponent(s); } catch (e) { return s; } };
  const querystring = {
    escape, unescape,
    parse(text, separator, equal, options) {
      const sep = separator || '&', eq = equal || '=', most = options && options.maxKeys !== undefined ? options.maxKeys : 1000;
      const read = (options && options.decodeURIComponent) || unescape, out = {};
      let n = 0;
      for (const pair of String(text).split(sep)) {
        if (pair === '' || (most > 0 && n++ >= most)) continue;
        const at = pair.indexOf(eq), plain = (s) => read(s.replace(/\+/g, ' '));
        const name = plain(at < 0 ? pair : pair.slice(0, at)), value = at < 0 ? '' : plain(pair.slice(at + eq.length));
        if (!(name in out)) out[name] = value;
        else if (Array.isArray(out[name])) out[name].push(value);
        else out[name] = [out[name], value];
      }
      return out;
    },
    stringify(object, separator, equal, options) {
      const sep = separator || '&', eq = equal || '=', write = (options && options.encodeURIComponent) || escape, pairs = [];
      for (const name of Object.keys(object)) {
        for (const value of [].concat(object[name])) pairs.push(write(name) + eq + write(String(value)));
      }
      return pairs.join(sep);
    },
  };
  querystring.decode = querystring.parse;
  querystring.encode = querystring.stringify;

  const modules = {
    querystring,
    crypto: {
      createHash: (algorithm) => new Hash(algorithm, '-'),
      createHmac: (algorithm, key) => new Hash(algorithm, dataOf(key)),
    },
    buffer: { Buffer },
  };
  global.Buffer = Buffer;
  global.require = (name) => {
    if (!Object.prototype.hasOwnProperty.call(modules, name)) throw new Error('Cannot find module "' + name + '"');
    return modules[name];
  };

  const shown = (v) => (typeof v === 'string' ? v : v !== null && typeof v === 'object' ? JSON.stringify(v) : String(v));
  global.console = { log: (...values) => log(values.map(shown).join(' ')) };

  // "All Date methods to query the current time always return the same value during the
  // lifetime of a single function run."
  let now = 0;
  const RealDate = global.Date;
  global.Date = class Date extends RealDate {
    constructor(...args) { if (args.length === 0) super(now); else super(...args); }
    static now() { return now; }
  };
  delete global.performance;

  // "Both eval() and Function constructors throw an error if attempted."
  const forbid = () => { throw new EvalError('Code generation from strings is disallowed'); };
  for (const f of [function () {}, async function () {}, function* () {}, async function* () {}]) {
    Object.defineProperty(Object.getPrototypeOf(f), 'constructor', { value: forbid, writable: false, configurable: false });
  }
  const prototype = global.Function.prototype;
  global.Function = function Function() { forbid(); };
  global.Function.prototype = prototype;
  global.eval = forbid;

  let settled;
  const text = (value) => { const t = JSON.stringify(value); return t === undefined ? 'null' : t; };
  global.__invoke = (event, at) => {
    now = at;
    const result = handler(JSON.parse(event));
    if (result === null || typeof result !== 'object' || typeof result.then !== 'function') return text(result);
    settled = undefined;
    result.then((v) => { settled = { value: text(v) }; }, (e) => { settled = { error: e }; });
    return null;
  };
  global.__settled = () => {
    if (settled === undefined) return null;
    if ('error' in settled) throw settled.error;
    return settled.value;
  };
  for (const name of ['__invoke', '__settled']) {
    Object.defineProperty(global, name, { value: global[name], writable: false, configurable: false, enumerable: false });
  }
})(globalThis);
