package dev.clearspan.ctl.contract;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The descriptors that protoc's Java code carries. Loading them runs the static initialisers of
 * these classes: they are the user's own build.
 */
final class GeneratedClasses {
  private static final String CLASS = ".class";

  private GeneratedClasses() {}

  /**
   * A serialized descriptor set of all generated files in these jars and directories.
   *
   * @throws IllegalArgumentException if there are none
   */
  static byte[] descriptors(List<Path> places) {
    Map<String, FileDescriptor> files = new TreeMap<>();
    try (URLClassLoader loader = new URLClassLoader(urls(places))) {
      for (Path place : places) {
        names(place).forEach(name -> collect(name, loader, files));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(places + ": cannot be read", e);
    }
    if (files.isEmpty()) {
      throw new IllegalArgumentException(
          places
              + ": no generated classes in it (expected: what protoc made of .proto files for Java,"
              + " not jars within jars)");
    }
    FileDescriptorSet.Builder set = FileDescriptorSet.newBuilder();
    files.values().forEach(file -> set.addFile(file.toProto()));
    return set.build().toByteArray();
  }

  private static void collect(String name, ClassLoader loader, Map<String, FileDescriptor> files) {
    try {
      Method method = Class.forName(name, false, loader).getDeclaredMethod("getDescriptor");
      if (method.getReturnType() == FileDescriptor.class
          && Modifier.isStatic(method.getModifiers())
          && method.invoke(null) instanceof FileDescriptor file) {
        add(file, files);
      }
    } catch (ReflectiveOperationException | LinkageError e) {
      // Most classes are of other kinds, and some need what is not here. If no class was of this
      // kind, that is said.
    }
  }

  private static void add(FileDescriptor file, Map<String, FileDescriptor> files) {
    if (files.putIfAbsent(file.getName(), file) == null) {
      file.getDependencies().forEach(each -> add(each, files));
    }
  }

  private static List<String> names(Path place) throws IOException {
    if (Files.isDirectory(place)) {
      return names(place, place);
    }
    try (FileSystem jar = FileSystems.newFileSystem(place)) {
      Path root = jar.getPath("/");
      return names(root, root);
    }
  }

  private static List<String> names(Path root, Path from) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(name -> name.endsWith(CLASS) && name.indexOf('$') < 0)
          .filter(name -> !name.startsWith("META-INF"))
          .map(
              name ->
                  name.substring(0, name.length() - CLASS.length())
                      .replace('/', '.')
                      .replace('\\', '.'))
          .toList();
    }
  }

  private static URL[] urls(List<Path> places) {
    List<URL> urls = new ArrayList<>();
    for (Path place : places) {
      try {
        urls.add(place.toUri().toURL());
      } catch (MalformedURLException e) {
        throw new IllegalArgumentException(place + ": cannot be read as a class path", e);
      }
    }
    return urls.toArray(URL[]::new);
  }
}
