// A screenshot as a small picture: Chromium itself packs the PNG into a WebP.
import { writeFileSync } from "node:fs";

const QUALITY = 0.9;
const MAX_BYTES = 150 * 1024;

/** Writes both; the size of the WebP in bytes. */
export async function shoot(page, png, webp) {
  const raw = await page.screenshot({ path: png });
  const packer = await page.context().newPage();
  try {
    const packed = await packer.evaluate(pack, { base64: raw.toString("base64"), quality: QUALITY });
    const bytes = Buffer.from(packed, "base64");
    if (bytes.length > MAX_BYTES)
      throw new Error(`${webp}: ${bytes.length} bytes (expected: at most ${MAX_BYTES})`);
    writeFileSync(webp, bytes);
    return bytes.length;
  } finally {
    await packer.close();
  }
}

/** Runs in the browser. */
async function pack({ base64, quality }) {
  const image = new Image();
  image.src = `data:image/png;base64,${base64}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width;
  canvas.height = image.height;
  canvas.getContext("2d").drawImage(image, 0, 0);
  return canvas.toDataURL("image/webp", quality).split(",")[1];
}
