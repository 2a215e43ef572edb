/** A text with `{names}` to fill in; or one form a plural category, chosen by the parameter `count`. */
export type LocaleText = string | PluralText;

export type PluralText = {readonly other: string} & {readonly [category in Intl.LDMLPluralRule]?: string};

export type TextParameters = Readonly<Record<string, string | number>>;

type NamesIn<T extends string> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;

/** The parameters that a text needs, read from the text itself. */
export type ParametersOf<T> = T extends string ? NamesIn<T> : T extends object ? NamesIn<Extract<T[keyof T], string>> : never;

/** Fills in a text. A parameter that is not given stays visible as it is written, so that the mistake shows. */
export function fill(text: LocaleText, parameters: TextParameters, plural: Intl.PluralRules, number: Intl.NumberFormat): string {
  const form = typeof text === 'string' ? text : (text[plural.select(Number(parameters.count))] ?? text.other);
  return form.replace(/\{(\w+)\}/g, (written, name: string) => {
    const value = parameters[name];
    return typeof value === 'number' ? number.format(value) : (value ?? written);
  });
}
