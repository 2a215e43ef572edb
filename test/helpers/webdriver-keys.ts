import type {KeyCommand} from './keys-plugin.ts';

export interface KeyAction {
  type: 'keyDown' | 'keyUp';
  value: string;
}

/** Keys that are no characters, by the names that events give them (https://www.w3.org/TR/webdriver2/#keyboard-actions). */
const codes: Readonly<Record<string, string>> = {
  Backspace: '\uE003', Tab: '\uE004', Enter: '\uE007', Shift: '\uE008', Control: '\uE009', Alt: '\uE00A', Escape: '\uE00C', Space: ' ',
  PageUp: '\uE00E', PageDown: '\uE00F', End: '\uE010', Home: '\uE011', ArrowLeft: '\uE012', ArrowUp: '\uE013', ArrowRight: '\uE014',
  ArrowDown: '\uE015', Delete: '\uE017', F2: '\uE032', Meta: '\uE03D',
};

/** A command as WebDriver's key actions. */
export function webDriverKeys(command: KeyCommand): KeyAction[] {
  if ('type' in command) return Array.from(command.type).flatMap((character) => [...down(character), ...up(character)]);
  if ('press' in command) return [...down(command.press), ...up(command.press)];
  return 'down' in command ? down(command.down) : up(command.up);
}

function down(key: string): KeyAction[] {
  return [{type: 'keyDown', value: codes[key] ?? key}];
}

function up(key: string): KeyAction[] {
  return [{type: 'keyUp', value: codes[key] ?? key}];
}
