package dev.clearspan.protoc;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** The request that protoc makes for the test .proto files. */
final class GoldenRequest {
  private GoldenRequest() {}

  /** As protoc would send it: options of methods are unknown fields until parsed. */
  static CodeGeneratorRequest request() throws IOException {
    try (InputStream in = GoldenRequest.class.getResourceAsStream("/golden.desc")) {
      FileDescriptorSet files = FileDescriptorSet.parseFrom(Objects.requireNonNull(in));
      CodeGeneratorRequest.Builder request =
          CodeGeneratorRequest.newBuilder().addAllProtoFile(files.getFileList());
      files.getFileList().stream()
          .map(FileDescriptorProto::getName)
          .filter(name -> name.startsWith("golden/"))
          .forEach(request::addFileToGenerate);
      return request.build();
    }
  }

  /** What the plugin writes to its standard output for the bytes on its standard input. */
  static byte[] run(byte[] input) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ClearspanGenerator.run(new ByteArrayInputStream(input), out);
    return out.toByteArray();
  }
}
