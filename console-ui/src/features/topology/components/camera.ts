import type { Point } from "../model/geometry";
import { between, type Viewport, zoomedAt } from "../model/viewport";

const MIN_ZOOM = 0.08;
const MAX_ZOOM = 2.5;
const WHEEL_STEP = 0.0016;
const CLICK_REACH = 4;

export interface CameraEvents {
  onViewport: (viewport: Viewport) => void;
  /** A click, in pixels from the top left corner; not after a drag. */
  onClick: (at: Point) => void;
  onHover: (at: Point) => void;
}

/** What of the map is seen: moved by dragging the ground, by wheel and pinch, and by the page in a calm motion. */
export class Camera {
  private view: Viewport = { zoom: 1, pan: { x: 0, y: 0 } };
  private readonly pointers = new Map<number, Point>();
  private travelled = 0;
  private frame = 0;
  private readonly listening = new AbortController();
  /** A person has moved it since it was last told what to show. */
  movedByHand = false;

  /** Drags start on the ground; the wheel works over all of the element. */
  constructor(
    private readonly element: HTMLElement,
    ground: HTMLElement,
    private readonly events: CameraEvents,
  ) {
    const { signal } = this.listening;
    element.addEventListener("wheel", this.onWheel, { signal, passive: false });
    ground.addEventListener("pointerdown", this.onDown, { signal });
    ground.addEventListener("pointermove", this.onMove, { signal });
    ground.addEventListener("pointerup", this.onUp, { signal });
    ground.addEventListener("pointercancel", this.onUp, { signal });
  }

  get viewport(): Viewport {
    return this.view;
  }

  destroy() {
    cancelAnimationFrame(this.frame);
    this.listening.abort();
  }

  /** At once, or in as many milliseconds. */
  moveTo(view: Viewport, millis: number) {
    cancelAnimationFrame(this.frame);
    const from = this.view;
    const began = performance.now();
    const step = (now: number) => {
      const share = Math.min(1, (now - began) / millis);
      this.show(between(from, view, share));
      if (share < 1) this.frame = requestAnimationFrame(step);
    };
    if (millis === 0) this.show(view);
    else this.frame = requestAnimationFrame(step);
  }

  zoomBy(factor: number) {
    const { clientWidth, clientHeight } = this.element;
    this.zoomByHand(factor, { x: clientWidth / 2, y: clientHeight / 2 });
  }

  private show(view: Viewport) {
    this.view = view;
    this.events.onViewport(view);
  }

  private zoomByHand(factor: number, at: Point) {
    const zoom = Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, this.view.zoom * factor));
    this.showByHand(zoomedAt(this.view, zoom, at));
  }

  private showByHand(view: Viewport) {
    cancelAnimationFrame(this.frame);
    this.movedByHand = true;
    this.show(view);
  }

  private pixel({ clientX, clientY }: MouseEvent): Point {
    const { left, top } = this.element.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }

  private readonly onWheel = (event: WheelEvent) => {
    event.preventDefault();
    // Lines, as some mice report them, are about sixteen pixels.
    const pixels = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1);
    this.zoomByHand(Math.exp(-pixels * WHEEL_STEP), this.pixel(event));
  };

  private readonly onDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    if (this.pointers.size === 0) this.travelled = 0;
    this.pointers.set(event.pointerId, this.pixel(event));
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
  };

  private readonly onMove = (event: PointerEvent) => {
    const from = this.pointers.get(event.pointerId);
    const to = this.pixel(event);
    if (!from) {
      this.events.onHover(to);
      return;
    }
    this.travelled += Math.hypot(to.x - from.x, to.y - from.y);
    if (this.pointers.size === 1 && this.travelled >= CLICK_REACH) this.drag(from, to);
    else if (this.pointers.size === 2) this.pinch(event.pointerId, from, to);
    this.pointers.set(event.pointerId, to);
  };

  private readonly onUp = (event: PointerEvent) => {
    const held = this.pointers.delete(event.pointerId);
    const clicked = held && event.type === "pointerup" && this.travelled < CLICK_REACH;
    if (clicked && this.pointers.size === 0) this.events.onClick(this.pixel(event));
  };

  private drag(from: Point, to: Point) {
    const { zoom, pan } = this.view;
    this.showByHand({ zoom, pan: { x: pan.x + to.x - from.x, y: pan.y + to.y - from.y } });
  }

  private pinch(moving: number, from: Point, to: Point) {
    const still = [...this.pointers].find(([id]) => id !== moving)?.[1];
    if (!still) return;
    const before = Math.hypot(from.x - still.x, from.y - still.y) || 1;
    this.zoomByHand(Math.hypot(to.x - still.x, to.y - still.y) / before, still);
  }
}
