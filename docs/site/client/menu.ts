/** Opens and closes the list of pages where there is no room beside the text. Escape closes it and gives the focus back. */
export function openMenu(): void {
  const button = document.querySelector<HTMLButtonElement>('#menu');
  const nav = document.querySelector<HTMLElement>('#nav');
  if (!button || !nav) return;
  const show = (isOpen: boolean) => {
    button.ariaExpanded = String(isOpen);
    document.documentElement.classList.toggle('menu-open', isOpen);
    if (isOpen) showCurrent(nav);
  };
  button.hidden = false;
  button.addEventListener('click', () => show(button.ariaExpanded !== 'true'));
  document.addEventListener('keydown', ({key}) => {
    if (key !== 'Escape' || button.ariaExpanded !== 'true') return;
    show(false);
    button.focus();
  });
  showCurrent(nav);
}

/** Brings the reader's place in a long list into view, without moving the page. */
function showCurrent(nav: HTMLElement): void {
  const current = nav.querySelector<HTMLElement>('[aria-current]');
  if (current) nav.scrollTop += current.getBoundingClientRect().top - nav.getBoundingClientRect().top - nav.clientHeight / 3;
}
