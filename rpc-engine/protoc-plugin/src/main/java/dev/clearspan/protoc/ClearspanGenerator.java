package dev.clearspan.protoc;

import com.google.protobuf.DescriptorProtos.Edition;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorRequest;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse.Feature;
import dev.clearspan.protocol.OptionsProto;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The plugin's main class. protoc writes a {@code CodeGeneratorRequest} to its standard input and
 * reads a {@code CodeGeneratorResponse} from its standard output.
 *
 * <p>For a service {@code Orders} it makes {@code OrdersClient} and {@code OrdersBase} in the
 * file's Java package. It takes no options.
 */
public final class ClearspanGenerator {
  private ClearspanGenerator() {}

  /** Answers the one request on standard input. */
  public static void main(String[] args) throws IOException {
    try {
      run(System.in, System.out);
    } catch (InvalidProtocolBufferException e) {
      System.err.println(
          "clearspan: standard input is not a CodeGeneratorRequest: "
              + e.getMessage()
              + " (expected: to be started by protoc, as --plugin=protoc-gen-clearspan=...)");
      System.exit(2);
    }
  }

  static void run(InputStream in, OutputStream out) throws IOException {
    ExtensionRegistry extensions = ExtensionRegistry.newInstance();
    OptionsProto.registerAllExtensions(extensions);
    generate(CodeGeneratorRequest.parseFrom(in, extensions)).writeTo(out);
    out.flush();
  }

  /** The files for a request; errors in the .proto files are told in the response. */
  static CodeGeneratorResponse generate(CodeGeneratorRequest request) {
    CodeGeneratorResponse.Builder response =
        CodeGeneratorResponse.newBuilder()
            .setSupportedFeatures(
                Feature.FEATURE_PROTO3_OPTIONAL_VALUE | Feature.FEATURE_SUPPORTS_EDITIONS_VALUE)
            .setMinimumEdition(Edition.EDITION_PROTO2_VALUE)
            .setMaximumEdition(Edition.EDITION_2023_VALUE);
    try {
      return response.addAllFile(files(request)).build();
    } catch (GenerationException e) {
      return response.setError("clearspan: " + e.getMessage()).build();
    }
  }

  private static List<CodeGeneratorResponse.File> files(CodeGeneratorRequest request) {
    if (!request.getParameter().isEmpty()) {
      throw new GenerationException(
          "option: " + request.getParameter() + " (expected: none; the plugin has no options)");
    }
    TypeIndex types = TypeIndex.of(request.getProtoFileList());
    Set<String> wanted = new HashSet<>(request.getFileToGenerateList());
    return request.getProtoFileList().stream()
        .filter(file -> wanted.contains(file.getName()))
        .flatMap(file -> ServiceReader.services(file, types).stream())
        .flatMap(service -> sources(service).stream())
        .toList();
  }

  private static List<CodeGeneratorResponse.File> sources(ServiceModel service) {
    return List.of(
        file(service.clientType(), new ClientSource(service).text()),
        file(service.baseType(), new BaseSource(service).text()));
  }

  private static CodeGeneratorResponse.File file(JavaType type, String text) {
    return CodeGeneratorResponse.File.newBuilder()
        .setName(type.qualifiedName().replace('.', '/') + ".java")
        .setContent(text)
        .build();
  }
}
