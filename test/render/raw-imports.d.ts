/** A file as text, as Vite serves it. */
declare module '*?raw' {
  const text: string;
  export default text;
}
