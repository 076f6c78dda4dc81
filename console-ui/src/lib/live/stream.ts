/** How fresh the view is. `stale`: nothing was heard for SILENCE_MILLIS. */
export type LiveState = "connecting" | "live" | "paused" | "stale";

export interface LiveSnapshot {
  state: LiveState;
  /** Wall clock of the newest event, epoch ms. */
  heardAt: number | null;
}

export const SILENCE_MILLIS = 5_000;
export const TOPICS = ["topology", "acks", "breakers", "audit", "system", "alerts"] as const;
export type Topic = (typeof TOPICS)[number];

/** What the stream brings: the state of a topic, or what is new in the topology. */
export const EVENTS = [...TOPICS, "topology-patch"] as const;
export type EventName = (typeof EVENTS)[number];

const FIRST_RETRY_MILLIS = 500;
const MAX_RETRY_MILLIS = 8_000;

/** The part of EventSource used here, so that tests can stand in for it. */
export interface Source {
  readonly readyState: number;
  onerror: ((event: Event) => void) | null;
  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void;
  close(): void;
}

export interface LiveStreamOptions {
  open: (url: string) => Source;
  onEvent: (name: EventName, data: unknown) => void;
  /** The server refused the stream, most likely because the session ended. */
  onRefused: () => void;
}

const CLOSED = 2;

/**
 * The one event stream of this browser tab. EventSource reconnects by itself after a lost
 * connection; after a refusal (any status but 200) it gives up, so this reopens it with backoff.
 */
export class LiveStream {
  private source: Source | null = null;
  private snapshot: LiveSnapshot = { state: "connecting", heardAt: null };
  private readonly subscribers = new Set<() => void>();
  private watchdog: ReturnType<typeof setInterval> | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private retryMillis = FIRST_RETRY_MILLIS;
  private startedAt = 0;

  constructor(private readonly options: LiveStreamOptions) {}

  readonly subscribe = (listener: () => void) => {
    this.subscribers.add(listener);
    return () => void this.subscribers.delete(listener);
  };

  readonly current = () => this.snapshot;

  start() {
    this.startedAt = Date.now();
    this.watchdog ??= setInterval(() => this.checkSilence(), 500);
    this.update({ ...this.snapshot, state: "connecting" });
    this.connect();
  }

  stop() {
    clearInterval(this.watchdog);
    this.watchdog = undefined;
    this.disconnect();
  }

  /** Freezes the view: events are not taken until resume. */
  pause() {
    this.stop();
    this.update({ ...this.snapshot, state: "paused" });
  }

  resume() {
    this.start();
  }

  private connect() {
    this.disconnect();
    const source = this.options.open(`/api/v1/events?topics=${TOPICS.join(",")}`);
    this.source = source;
    for (const name of EVENTS) {
      source.addEventListener(name, (event) => {
        this.heard();
        this.options.onEvent(name, JSON.parse(event.data));
      });
    }
    source.addEventListener("heartbeat", () => this.heard());
    source.onerror = () => {
      if (source.readyState === CLOSED && this.source === source) this.reopenLater();
    };
  }

  private reopenLater() {
    this.disconnect();
    this.options.onRefused();
    this.retry = setTimeout(() => this.connect(), this.retryMillis);
    this.retryMillis = Math.min(this.retryMillis * 2, MAX_RETRY_MILLIS);
  }

  private disconnect() {
    clearTimeout(this.retry);
    this.source?.close();
    this.source = null;
  }

  private heard() {
    this.retryMillis = FIRST_RETRY_MILLIS;
    this.update({ state: "live", heardAt: Date.now() });
  }

  private checkSilence() {
    const since = Math.max(this.snapshot.heardAt ?? 0, this.startedAt);
    if (this.snapshot.state !== "paused" && Date.now() - since > SILENCE_MILLIS) {
      this.update({ ...this.snapshot, state: "stale" });
    }
  }

  private update(next: LiveSnapshot) {
    const changed = next.state !== this.snapshot.state || next.heardAt !== this.snapshot.heardAt;
    this.snapshot = changed ? next : this.snapshot;
    if (changed) for (const listener of this.subscribers) listener();
  }
}
