/** Above this a picture is not decoded for so small a view of it, in bytes. */
const maxBytes = 30_000_000;
/** Pixels a side: twice what is shown, for dense screens. */
const side = 88;

/** Whether a file may be a picture that the browser can draw. Vector graphics it decodes only by loading them as a page would. */
export function isPicture({type, size}: File): boolean {
  return /^image\/(?!svg)/.test(type) && size <= maxBytes;
}

/**
 * Draws the middle of a picture. A canvas, unlike an image, loads nothing from an address, so that it needs no `blob:` or
 * `data:` in the page's content security policy. Rejects where the file is no picture.
 */
export async function drawThumbnail(canvas: HTMLCanvasElement, file: File): Promise<void> {
  const bitmap = await createImageBitmap(file);
  const {width, height} = bitmap;
  const edge = Math.min(width, height);
  canvas.width = side;
  canvas.height = side;
  canvas.getContext('2d')?.drawImage(bitmap, (width - edge) / 2, (height - edge) / 2, edge, edge, 0, 0, side, side);
  bitmap.close();
}
