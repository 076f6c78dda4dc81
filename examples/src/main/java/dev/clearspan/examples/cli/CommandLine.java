package dev.clearspan.examples.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a program accepts after its name: positional words, {@code --name value} options and {@code
 * --name} flags. Knows how to explain itself. Not thread-safe.
 */
public final class CommandLine {
  private final String synopsis;
  private final List<String> positional;
  private final Map<String, Option> options = new LinkedHashMap<>();

  private record Option(String name, String value, String help) {
    String signature() {
      return value.isEmpty() ? name : name + " " + value;
    }
  }

  /**
   * A command line.
   *
   * @param synopsis first lines of the help text
   * @param positional names of the words that must be there, in order
   */
  public CommandLine(String synopsis, String... positional) {
    this.synopsis = synopsis;
    this.positional = List.of(positional);
    flag("--help", "print this and stop");
  }

  /** Adds an option that takes a value. */
  public CommandLine option(String name, String value, String help) {
    options.put(name, new Option(name, value, help));
    return this;
  }

  /** Adds an option that stands alone. */
  public CommandLine flag(String name, String help) {
    return option(name, "", help);
  }

  /**
   * Reads the arguments.
   *
   * @throws UsageException if one is unknown, missing or given twice
   */
  public Parsed parse(String... args) {
    Map<String, String> values = new HashMap<>();
    List<String> words = new ArrayList<>();
    for (int i = 0; i < args.length; i++) {
      if (!args[i].startsWith("--")) {
        words.add(args[i]);
        continue;
      }
      Option option = known(args[i]);
      if (!option.value().isEmpty() && i + 1 == args.length) {
        throw new UsageException(option.name() + ": no value (expected: " + option.value() + ")");
      }
      String value = option.value().isEmpty() ? "" : args[++i];
      if (values.put(option.name(), value) != null) {
        throw new UsageException(option.name() + ": given twice (expected: once)");
      }
    }
    if (!values.containsKey("--help")) {
      requirePositional(words);
    }
    return new Parsed(values, words);
  }

  private Option known(String name) {
    Option option = options.get(name);
    if (option == null) {
      throw new UsageException(
          "unknown option " + name + "; " + Suggestions.of(name, options.keySet()));
    }
    return option;
  }

  private void requirePositional(List<String> words) {
    if (words.size() != positional.size()) {
      throw new UsageException(
          "arguments: %s (expected: %s)"
              .formatted(
                  words.isEmpty() ? "none" : String.join(" ", words),
                  positional.isEmpty() ? "options only" : String.join(" ", positional)));
    }
  }

  /** The text for {@code --help}. */
  public String help() {
    int width =
        options.values().stream().mapToInt(option -> option.signature().length()).max().orElse(0);
    StringBuilder text = new StringBuilder(synopsis).append("\n\n");
    for (Option option : options.values()) {
      text.append(("  %-" + width + "s  %s%n").formatted(option.signature(), option.help()));
    }
    return text.toString();
  }

  /** What was given. */
  public static final class Parsed {
    private final Map<String, String> values;
    private final List<String> words;

    private Parsed(Map<String, String> values, List<String> words) {
      this.values = Map.copyOf(values);
      this.words = List.copyOf(words);
    }

    public boolean has(String name) {
      return values.containsKey(name);
    }

    public Optional<String> text(String name) {
      return Optional.ofNullable(values.get(name));
    }

    /** The positional word at the index. */
    public String word(int index) {
      return words.get(index);
    }

    /**
     * A whole number.
     *
     * @throws UsageException if it is none or out of range
     */
    public int number(String name, int fallback, int min, int max) {
      return (int) decimal(name, fallback, min, max, true);
    }

    /** A number, as {@link #number}. */
    public double decimal(String name, double fallback, double min, double max) {
      return decimal(name, fallback, min, max, false);
    }

    private double decimal(String name, double fallback, double min, double max, boolean whole) {
      String text = values.get(name);
      if (text == null) {
        return fallback;
      }
      String expected = whole ? (long) min + " to " + (long) max : min + " to " + max;
      try {
        double value = Double.parseDouble(text);
        if (value >= min && value <= max && (!whole || value == Math.rint(value))) {
          return value;
        }
        throw new UsageException(name + ": " + text + " (expected: " + expected + ")");
      } catch (NumberFormatException e) {
        throw new UsageException(name + ": " + text + " (expected: " + expected + ")");
      }
    }
  }
}
