// Photos before they are sent: at most 2048 pixels, JPEG, without what the camera wrote into them.
const longest_px = 2048
const quality = 0.85

export async function shrink(file: Blob): Promise<Blob> {
  const image = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => undefined)
  if (!image) return file
  const scale = Math.min(1, longest_px / Math.max(image.width, image.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(image.width * scale)
  canvas.height = Math.round(image.height * scale)
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  image.close()
  return new Promise((done) => canvas.toBlob((smaller) => done(smaller ?? file), 'image/jpeg', quality))
}
