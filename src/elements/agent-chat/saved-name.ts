/** Endings that open in a viewer or editor, and run nothing. */
const harmless = new Set(
  'txt md markdown log csv tsv json jsonl yaml yml toml ini srt vtt ics vcf pdf epub docx xlsx pptx odt ods odp png jpg jpeg gif webp avif bmp heic heif tif tiff mp3 m4a wav ogg oga opus flac aac weba mp4 m4v mov webm mpeg mpg'.split(' '),
);

/** Media types whose files may be saved out of a message: text, documents without macros, pictures, sound and films. */
const types =
  /^(?:text\/(?:plain|csv|markdown|tab-separated-values|calendar|vcard|vtt|yaml|x-[\w.+-]+)|application\/(?:json|pdf|yaml|x-yaml|toml|epub\+zip|octet-stream|vnd\.openxmlformats-officedocument\.(?:wordprocessingml\.document|spreadsheetml\.sheet|presentationml\.presentation)|vnd\.oasis\.opendocument\.(?:text|spreadsheet|presentation))|(?:image|audio|video)\/(?!svg)[\w.+-]+)$/;

/**
 * The name under which the file in a `data:` URL may be saved; undefined where it must not be. A name whose ending could run
 * gets the one of its kind behind it, `setup.exe.txt`: what opens a file is decided by its name.
 */
export function savedName(url: string, name: string): string | undefined {
  const type = /^data:([^;,]*)/i.exec(url)?.[1]?.trim().toLowerCase() || 'text/plain';
  if (!types.test(type)) return undefined;
  const ending = /\.([^.]+)$/.exec(name.trim())?.[1]?.toLowerCase() ?? '';
  if (harmless.has(ending)) return name.trim();
  const own = type.startsWith('text/') ? 'txt' : (type.split('/')[1] ?? '');
  return harmless.has(own) ? `${name.trim()}.${own}` : undefined;
}
