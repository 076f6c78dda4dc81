package dev.clearspan.dashboards;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes all dashboards into a folder: {@code GenerateDashboards dashboards}. */
public final class GenerateDashboards {
  private GenerateDashboards() {}

  /** File name and content of every dashboard. */
  static Map<String, String> files() {
    return Map.of("service.json", DashboardWriter.write(ServiceDashboard.create()));
  }

  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      throw new IllegalArgumentException(
          "arguments: " + args.length + " (expected: 1, the folder to write to)");
    }
    Path folder = Files.createDirectories(Path.of(args[0]));
    for (Map.Entry<String, String> file : files().entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
  }
}
