import type {Host} from './hosts.ts';
import type {SceneName} from './scenes.ts';

export type Theme = 'none' | 'default' | 'dense' | 'brand';

export interface Shot {
  /** Of the picture to compare with, in the folder `baseline`. */
  readonly name: string;
  readonly scene: SceneName;
  readonly width: number;
  readonly theme?: Theme;
  readonly scheme?: 'light' | 'dark';
  readonly dir?: 'ltr' | 'rtl';
  readonly forcedColors?: boolean;
  /** More scenes below it, all as high as what they show. */
  readonly also?: readonly SceneName[];
  /** Styles of the page that must change nothing. */
  readonly host?: Host;
}

const phone = 360;
const desktop = 1280;
const shot = (scene: SceneName, fields: Partial<Shot> & {suffix?: string} = {}): Shot => {
  const {suffix = '', ...rest} = fields;
  return {name: `${scene}${suffix}`, scene, width: phone, ...rest};
};

const everyScene: readonly SceneName[] = ['conversation', 'beginning', 'asking', 'trouble', 'composer', 'panels', 'handover', 'inbox', 'launcher', 'launched'];

/** All pictures. Those with a `host`, or of the default theme, are compared with the same scene without them. */
export const shots: readonly Shot[] = [
  ...everyScene.map((scene) => shot(scene)),
  ...(['conversation', 'asking', 'trouble', 'panels'] as const).map((scene) => shot(scene, {suffix: '-dark', scheme: 'dark'})),
  ...(['conversation', 'asking', 'trouble', 'panels', 'composer'] as const).map((scene) => shot(scene, {suffix: '-rtl', dir: 'rtl'})),
  shot('conversation', {suffix: '-rtl-dark', scheme: 'dark', dir: 'rtl'}),
  shot('conversation', {suffix: '-wide-rtl', width: desktop, dir: 'rtl'}),
  shot('launched', {suffix: '-wide-brand', width: desktop, theme: 'brand'}),
  shot('conversation', {suffix: '-wide', width: desktop}),
  shot('launched', {suffix: '-wide', width: desktop}),
  shot('launched', {suffix: '-wide-rtl', width: desktop, dir: 'rtl'}),
  ...(['dense', 'brand'] as const).flatMap((theme) => [
    ...(['conversation', 'asking', 'panels', 'launched'] as const).map((scene) => shot(scene, {suffix: `-${theme}`, theme})),
    shot('conversation', {suffix: `-${theme}-dark`, theme, scheme: 'dark'}),
  ]),
  shot('conversation', {suffix: '-forced', forcedColors: true}),
  shot('conversation', {theme: 'default'}),
  ...(['unset', 'resets', 'huge-root'] as const).flatMap((host) => [shot('conversation', {host}), shot('panels', {host})]),
  ...(['resets', 'huge-root'] as const).map((host) => shot('launched', {host})),
];

/** Where contrast is measured: everything there is, in each theme, light and dark. */
export const contrasts: readonly Shot[] = (['none', 'dense', 'brand'] as const).flatMap((theme) => (['light', 'dark'] as const).map((scheme): Shot => {
  const [scene, ...also] = everyScene.filter((name) => name !== 'launched');
  return {name: `${theme === 'none' ? 'no theme' : theme}, ${scheme}`, scene: scene ?? 'conversation', also, width: desktop, theme, scheme};
}));
