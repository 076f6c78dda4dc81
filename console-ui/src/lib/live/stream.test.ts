import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LiveStream, type Source } from "./stream";

class FakeSource implements Source {
  readyState = 1;
  onerror: ((event: Event) => void) | null = null;
  closed = false;
  private readonly listeners = new Map<string, (event: MessageEvent<string>) => void>();
  constructor(readonly url: string) {}
  addEventListener(type: string, listener: (event: MessageEvent<string>) => void) {
    this.listeners.set(type, listener);
  }
  close() {
    this.closed = true;
  }
  emit(type: string, data: unknown) {
    this.listeners.get(type)?.({ data: JSON.stringify(data) } as MessageEvent<string>);
  }
  refuse() {
    this.readyState = 2;
    this.onerror?.(new Event("error"));
  }
}

describe("LiveStream", () => {
  let sources: FakeSource[];
  let onEvent: ReturnType<typeof vi.fn>;
  let onRefused: ReturnType<typeof vi.fn>;
  let stream: LiveStream;
  const latest = () => sources.at(-1) as FakeSource;

  beforeEach(() => {
    vi.useFakeTimers();
    sources = [];
    onEvent = vi.fn();
    onRefused = vi.fn();
    stream = new LiveStream({
      open: (url) => {
        sources.push(new FakeSource(url));
        return latest();
      },
      onEvent: onEvent as never,
      onRefused: onRefused as never,
    });
    stream.start();
  });
  afterEach(() => {
    stream.stop();
    vi.useRealTimers();
  });

  it("asks for all topics in one stream", () => {
    expect(sources).toHaveLength(1);
    expect(latest().url).toBe("/api/v1/events?topics=topology,acks,breakers,audit,system,alerts");
  });

  it("is live from the first event, and hands it on", () => {
    expect(stream.current().state).toBe("connecting");
    latest().emit("topology", { revision: 3 });
    expect(stream.current().state).toBe("live");
    expect(onEvent).toHaveBeenCalledWith("topology", { revision: 3 });
  });

  it("goes stale after five silent seconds and recovers with a heartbeat", () => {
    latest().emit("heartbeat", {});
    vi.advanceTimersByTime(4_900);
    expect(stream.current().state).toBe("live");
    vi.advanceTimersByTime(700);
    expect(stream.current().state).toBe("stale");
    latest().emit("heartbeat", {});
    expect(stream.current().state).toBe("live");
  });

  it("is stale when nothing ever comes", () => {
    vi.advanceTimersByTime(6_000);
    expect(stream.current()).toEqual({ state: "stale", heardAt: null });
  });

  it("paused, it closes the stream and stays paused; resumed, it takes a fresh snapshot", () => {
    const first = latest();
    stream.pause();
    expect(first.closed).toBe(true);
    vi.advanceTimersByTime(60_000);
    expect(stream.current().state).toBe("paused");
    stream.resume();
    expect(sources).toHaveLength(2);
    expect(stream.current().state).toBe("connecting");
  });

  it("reopens after a refusal with growing pauses", () => {
    latest().refuse();
    expect(onRefused).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(500);
    expect(sources).toHaveLength(2);
    latest().refuse();
    vi.advanceTimersByTime(500);
    expect(sources).toHaveLength(2);
    vi.advanceTimersByTime(500);
    expect(sources).toHaveLength(3);
  });

  it("leaves reconnecting to the browser while the source is not closed", () => {
    latest().onerror?.(new Event("error"));
    expect(onRefused).not.toHaveBeenCalled();
    expect(sources).toHaveLength(1);
  });
});
