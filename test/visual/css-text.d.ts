/** A style sheet as text, which Vite gives. */
declare module '*.css?inline' {
  const text: string;
  export default text;
}
