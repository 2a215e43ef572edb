const shownMs = 2000;

/** Lets every block of code in a part of the page be copied. */
export function offerCopy(root: ParentNode): void {
  for (const button of root.querySelectorAll<HTMLButtonElement>('[data-copy]')) {
    button.hidden = false;
    button.addEventListener('click', () => void copyBeside(button));
  }
}

async function copyBeside(button: HTMLButtonElement): Promise<void> {
  const code = button.closest('figure')?.querySelector('code');
  try {
    await navigator.clipboard.writeText(code?.textContent ?? '');
    button.textContent = 'Copied';
  } catch {
    // Without the right to the clipboard the person can still copy what is selected.
    if (code) getSelection()?.selectAllChildren(code);
    button.textContent = 'Selected';
  }
  setTimeout(() => (button.textContent = 'Copy'), shownMs);
}
