import {withoutHidden} from './visible-text.ts';

/** An address that a link's text names. */
export interface Claim {
  /** As a browser would write it, without `www.`: `bank.example`, `192.168.0.1`, `xn--bcher-kva.example`. */
  host: string;
  /** What stands before the `@`, where it is a mail address. */
  mailbox?: string;
}

/** Domains of countries, the ones apart that are endings of files. */
const countries =
  'ac ad ae af ag ai al am ao ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc me mg mh ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw qa re ro ru rw sa sb sc sd se sg si sk sl sm sn so sr ss st su sv sx sy sz tc td tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw';

/** Other domains in much use, those of banks and of examples among them; words that code has behind a dot are left out. */
const others =
  'com org net edu gov mil int info biz pro mobi museum travel jobs asia app dev web xyz online site website shop store club tech cloud live blog news media world life email network digital agency global group center company support help systems solutions software zone work works social link click fun icu vip win bid loan download bank banking finance financial money cash credit card insurance health care tax loans investments google apple amazon microsoft example test invalid localhost local internal onion page art design studio wiki berlin london paris nyc tokyo amsterdam wien hamburg swiss рф рус москва онлайн сайт укр бел срб 中国 中國 公司 网络 網絡 在线 香港 台灣 台湾 한국 닷컴 みんな コム भारत ไทย مصر قطر السعودية امارات ایران ישראל';

/** Domains of countries that are endings of files, too: they count where an address goes on behind them. */
const fileEndings = 'cc md mk py rs sh tf';

const domains = new Set(`${countries} ${others}`.split(' '));
const domainsWithPath = new Set(fileEndings.split(' '));

/** Where a name of ASCII begins or ends in a script that is written without spaces. */
const seam = /(?<=[\p{Script=Han}\p{Script=Hira}\p{Script=Kana}\p{Script=Hang}\p{Script=Thai}])(?=[a-z\d])|(?<=[a-z\d])(?=[\p{Script=Han}\p{Script=Hira}\p{Script=Kana}\p{Script=Hang}\p{Script=Thai}])/gu;

const run = /[\p{L}\p{M}\p{N}._-]+/gu;

/** What passes for another name: letters of other alphabets beside Latin ones, and a domain of Latin letters with marks. */
const isImitated = (name: string, domain: string): boolean =>
  /\p{Script=Latin}/u.test(name) && (/[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(name) || /(?![a-z])\p{Script=Latin}/u.test(domain));

/**
 * The addresses that a link's text names, anywhere in it: what follows `://`, begins with `www.` or stands behind an `@`, IP
 * addresses, and names that end in a domain in use. `Node.js`, `README.md` and `e.g.` are none.
 */
export function claimsOf(text: string): Claim[] {
  const visible = withoutHidden(text).replace(/[\ufe00-\ufe0f]/g, '').replaceAll('…', ' ').normalize('NFKC').toLowerCase();
  const claims = claimsIn(visible.replace(/[。｡．]/g, '.'));
  // That dot ends sentences, too: `see bank.example。Then`.
  return visible.includes('。') ? [...claims, ...claimsIn(visible.replaceAll('。', ' '))] : claims;
}

function claimsIn(text: string): Claim[] {
  const parted = text.replace(seam, ' ');
  const claims: Claim[] = Array.from(parted.matchAll(/:\/\/(\[[\da-f:.]*\])/g), ([, host = '']) => ({host: canonical(host)}));
  for (const {0: found, index} of parted.matchAll(run)) {
    const before = parted.slice(Math.max(0, index - 3), index);
    const after = parted.slice(index + found.length, index + found.length + 1);
    const names = found.split(/\.{2,}/);
    for (const [place, written] of names.entries()) {
      const name = written.replace(/^[._-]+|[._-]+$/g, '');
      const isFirst = place === 0;
      const isMail = isFirst && /[\p{L}\p{N}._%+-]@$/u.test(before);
      const hasScheme = isFirst && before === '://';
      const goesOn = place === names.length - 1 && /[/?#]/.test(after);
      if (name === '' || !(hasScheme || isAddress(name, isMail, goesOn))) continue;
      const mailbox = isMail ? /[^\s<>()[\],;:"]+$/.exec(parted.slice(Math.max(0, index - 65), index - 1))?.[0] : undefined;
      claims.push({host: canonical(name), ...(mailbox === undefined ? {} : {mailbox})});
    }
  }
  return claims;
}

function isAddress(name: string, isMail: boolean, goesOn: boolean): boolean {
  if (/^(?:\d{1,3}\.){3}\d{1,3}$/.test(name)) return canonical(name) === name.replace(/\b0+(?=\d)/g, '');
  const labels = name.split('.');
  if (labels.length < 2) return false;
  const last = labels.at(-1) ?? '';
  if (isMail || labels[0] === 'www') return /^\p{L}[\p{L}\p{M}\p{N}-]+$/u.test(last);
  return domains.has(last) || last.startsWith('xn--') || (goesOn && domainsWithPath.has(last)) || isImitated(name, last);
}

/** A host as the browser itself writes it; one that it refuses stays as it is, and is no other's. */
export function canonical(host: string): string {
  const url = `http://${host}/`;
  return (URL.canParse(url) ? new URL(url).hostname : host).replace(/\.$/, '').replace(/^www\./, '');
}
