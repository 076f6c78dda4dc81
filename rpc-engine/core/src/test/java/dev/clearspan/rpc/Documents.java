package dev.clearspan.rpc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The pages in docs/, for tests that compare them with the code. */
public final class Documents {
  private Documents() {}

  /** The text of docs/{name}. */
  public static String read(String name) {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve("docs").resolve(name))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new AssertionError("docs/" + name + " (expected: in this folder or one above)");
    }
    try {
      return Files.readString(folder.resolve("docs").resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
