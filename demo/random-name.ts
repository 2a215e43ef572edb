const names = ['Ana', 'Bruno', 'Chiara', 'Dilan', 'Emre', 'Freya', 'Goran', 'Hana', 'Ilya', 'Jana', 'Kofi', 'Lena', 'Mira', 'Noor', 'Oskar', 'Priya', 'Ravi', 'Sofia', 'Tariq', 'Yuki'];

/** A first name with two digits, so that two guests rarely share one. */
export function randomName(): string {
  const name = names[Math.floor(Math.random() * names.length)] ?? 'Guest';
  return `${name} ${Math.floor(10 + Math.random() * 90)}`;
}
