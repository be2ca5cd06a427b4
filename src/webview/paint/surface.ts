/** Where a row is, in device pixels from the canvas's top. */
export interface Band {
  readonly top: number;
  readonly bottom: number;
}

/** A canvas as pixels to write and a context to draw on. Sizes in device pixels, unless they are said to be CSS pixels. */
export class Surface {
  readonly context: CanvasRenderingContext2D;
  width = 0;
  height = 0;
  /** Device pixels in a CSS pixel; more than two are not worth their time. */
  scale = 1;
  #image: ImageData | null = null;
  pixels = new Uint32Array(0);

  constructor(readonly canvas: HTMLCanvasElement) {
    this.context = canvas.getContext('2d', { alpha: false })!;
  }

  /** Takes the size in CSS pixels; what was drawn is lost where it changes. */
  resize(cssWidth: number, cssHeight: number): void {
    const scale = Math.min(2, window.devicePixelRatio || 1);
    const width = Math.max(1, Math.round(cssWidth * scale));
    const height = Math.max(1, Math.round(cssHeight * scale));
    if (width === this.width && height === this.height && scale === this.scale) return;
    this.width = this.canvas.width = width;
    this.height = this.canvas.height = height;
    this.scale = scale;
    this.#image = this.context.createImageData(width, height);
    this.pixels = new Uint32Array(this.#image.data.buffer);
  }

  /** Fills rows `[top, bottom)` across the whole width. */
  fillRows(top: number, bottom: number, pixel: number): void {
    this.pixels.fill(pixel, Math.max(0, top) * this.width, Math.max(0, Math.min(bottom, this.height)) * this.width);
  }

  /** Shows the pixels. */
  put(): void {
    if (this.#image) this.context.putImageData(this.#image, 0, 0);
  }
}
