package dev.clearspan.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/**
 * Where each microsecond of a call goes: the flight recordings of a client and its server ({@code
 * bench unary --jfr DIR}) laid out against the CPU time per call that the same run has measured.
 * What the kernel took is the recordings' own count of system time; the rest is shared out by the
 * samples of the threads that carry calls.
 */
final class Profile {
  private final Map<Part, Integer> samples = new EnumMap<>(Part.class);
  private double user;
  private double system;
  private int all;

  private Profile() {}

  /** Usage: {@code Profile CLIENT.jfr SERVER.jfr CPU_MICROS_PER_CALL}. */
  public static void main(String[] args) throws IOException {
    if (args.length != 3) {
      System.err.println("usage: Profile CLIENT.jfr SERVER.jfr CPU_MICROS_PER_CALL");
      System.exit(2);
    }
    Profile client = read(Path.of(args[0]));
    Profile server = read(Path.of(args[1]));
    double micros = Double.parseDouble(args[2]);
    double cpu = client.cpu() + server.cpu();
    System.out.printf("| us per call | client | server |%n|---|--:|--:|%n");
    System.out.printf(
        "| kernel | %.2f | %.2f |%n",
        part(client, null, micros / cpu), part(server, null, micros / cpu));
    for (Part part : Part.values()) {
      System.out.printf(
          "| %s | %.2f | %.2f |%n",
          part.text, part(client, part, micros / cpu), part(server, part, micros / cpu));
    }
    System.out.printf(
        "| all | %.2f | %.2f |%n%d and %d samples%n",
        client.cpu() * micros / cpu, server.cpu() * micros / cpu, client.all, server.all);
  }

  private static double part(Profile side, @Nullable Part part, double microsPerCpu) {
    if (part == null) {
      return side.system * microsPerCpu;
    }
    int hits = side.samples.getOrDefault(part, 0);
    return side.all == 0 ? 0 : side.user * microsPerCpu * hits / side.all;
  }

  private static Profile read(Path recording) throws IOException {
    Profile profile = new Profile();
    try (RecordingFile file = new RecordingFile(recording)) {
      while (file.hasMoreEvents()) {
        profile.add(file.readEvent());
      }
    }
    return profile;
  }

  private double cpu() {
    return user + system;
  }

  private void add(RecordedEvent event) {
    switch (event.getEventType().getName()) {
      case "jdk.CPULoad" -> {
        user += event.getFloat("jvmUser");
        system += event.getFloat("jvmSystem");
      }
      case "jdk.ExecutionSample" -> addSample(event);
      default -> {
        // Of no use here.
      }
    }
  }

  private void addSample(RecordedEvent event) {
    RecordedStackTrace stack = event.getStackTrace();
    if (stack != null && carriesCalls(event.getThread("sampledThread"))) {
      samples.merge(Part.of(stack.getFrames()), 1, Integer::sum);
      all++;
    }
  }

  private static boolean carriesCalls(@Nullable RecordedThread thread) {
    String name = thread == null ? "" : Objects.requireNonNullElse(thread.getJavaName(), "");
    return !name.startsWith("JFR") && !name.startsWith("C1") && !name.startsWith("C2");
  }

  /** A part of the way, by the packages of its code. */
  private enum Part {
    CODEC("protobuf and codec", "com.google.protobuf", "dev.clearspan.rpc.ProtobufCodec"),
    BUFFERS("buffers: allocate, copy, free", "io.netty.buffer", "io.netty.util.Re"),
    FRAMES("frames, streams, outbox", "dev.clearspan.rpc.internal"),
    CHANNEL(
        "channel: deadline, picking, breaker, timer, completion",
        "dev.clearspan.rpc.client",
        "dev.clearspan.rpc.balance",
        "dev.clearspan.rpc.breaker",
        "dev.clearspan.rpc.retry",
        "dev.clearspan.rpc.time"),
    SERVER("dispatch, served call", "dev.clearspan.rpc.server", "dev.clearspan.rpc.CurrentCall"),
    LOAD("the load and the handler", "dev.clearspan.benchmarks"),
    NETTY("Netty's pipeline and loop", "io.netty"),
    OTHER("other");

    final String text;
    private final String[] prefixes;

    Part(String text, String... prefixes) {
      this.text = text;
      this.prefixes = prefixes;
    }

    /** The part of the innermost frame that belongs to one. */
    static Part of(List<RecordedFrame> frames) {
      for (RecordedFrame frame : frames) {
        String type = frame.getMethod().getType().getName();
        for (Part part : values()) {
          if (part.owns(type)) {
            return part;
          }
        }
      }
      return OTHER;
    }

    private boolean owns(String type) {
      for (String prefix : prefixes) {
        if (type.startsWith(prefix)) {
          return true;
        }
      }
      return false;
    }
  }
}
