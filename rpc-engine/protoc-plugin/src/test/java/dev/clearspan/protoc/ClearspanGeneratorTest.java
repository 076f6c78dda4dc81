package dev.clearspan.protoc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.Edition;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileOptions.OptimizeMode;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorRequest;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse.Feature;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ClearspanGeneratorTest {
  private static final int KIND_OPTION = 50810;

  private final FileDescriptorProto.Builder file =
      FileDescriptorProto.newBuilder().setName("a/b.proto").setPackage("a");
  private final ServiceDescriptorProto.Builder service =
      ServiceDescriptorProto.newBuilder().setName("S");

  @Test
  void response_declaresWhatIsSupportedAndNoMore() throws IOException {
    CodeGeneratorResponse response = generate();
    assertThat(response.getSupportedFeatures())
        .isEqualTo(Feature.FEATURE_PROTO3_OPTIONAL_VALUE | Feature.FEATURE_SUPPORTS_EDITIONS_VALUE);
    assertThat(response.getMinimumEdition()).isEqualTo(Edition.EDITION_PROTO2_VALUE);
    assertThat(response.getMaximumEdition()).isEqualTo(Edition.EDITION_2023_VALUE);
  }

  @Test
  void importedFiles_areNotGeneratedFor() throws IOException {
    CodeGeneratorRequest request = request().toBuilder().clearFileToGenerate().build();
    assertThat(ClearspanGenerator.generate(request).getFileList()).isEmpty();
    assertThat(generate().getFileList())
        .extracting(CodeGeneratorResponse.File::getName)
        .containsExactly("a/SClient.java", "a/SBase.java");
  }

  @Test
  void classNameThatIsTaken_isAnError() throws IOException {
    file.getOptionsBuilder().setJavaMultipleFiles(true).setJavaPackage("x.y");
    file.addMessageType(DescriptorProto.newBuilder().setName("SClient"));
    assertThat(generate().getError()).contains("service a.S").contains("x.y.SClient");
  }

  @Test
  void outerClassWithAGeneratedName_isAnError() throws IOException {
    file.getOptionsBuilder().setJavaOuterClassname("SBase");
    assertThat(generate().getError()).contains("service a.S").contains("a.SBase");
  }

  @Test
  void liteRuntime_isAnError() throws IOException {
    file.getOptionsBuilder().setOptimizeFor(OptimizeMode.LITE_RUNTIME);
    assertThat(generate().getError()).contains("LITE_RUNTIME").contains("expected");
  }

  @Test
  void unknownKind_isAnErrorThatNamesTheMethod() throws IOException {
    MethodDescriptorProto.Builder method = method("Get", ".a.M");
    method
        .getOptionsBuilder()
        .setUnknownFields(
            UnknownFieldSet.newBuilder()
                .addField(KIND_OPTION, UnknownFieldSet.Field.newBuilder().addVarint(2).build())
                .build());
    service.addMethod(method);
    file.addMessageType(DescriptorProto.newBuilder().setName("M"));
    assertThat(generate().getError()).isEmpty();
    service
        .getMethodBuilder(0)
        .getOptionsBuilder()
        .setUnknownFields(
            UnknownFieldSet.newBuilder()
                .addField(KIND_OPTION, UnknownFieldSet.Field.newBuilder().addVarint(9).build())
                .build());
    assertThat(generate().getError()).contains("a.S/Get").contains("clearspan.kind");
  }

  @Test
  void typeThatNoFileDeclares_isAnError() throws IOException {
    service.addMethod(method("Get", ".a.Missing"));
    assertThat(generate().getError()).contains(".a.Missing");
  }

  @Test
  void option_isAnError() throws IOException {
    CodeGeneratorRequest request = request().toBuilder().setParameter("colour=red").build();
    assertThat(ClearspanGenerator.generate(request).getError()).contains("colour=red");
  }

  @Test
  void inputThatIsNoRequest_isRefused() {
    assertThatThrownBy(() -> GoldenRequest.run(new byte[] {(byte) 0xff, 1, 2}))
        .isInstanceOf(InvalidProtocolBufferException.class);
  }

  private static MethodDescriptorProto.Builder method(String name, String type) {
    return MethodDescriptorProto.newBuilder().setName(name).setInputType(type).setOutputType(type);
  }

  private CodeGeneratorRequest request() {
    return CodeGeneratorRequest.newBuilder()
        .addFileToGenerate("a/b.proto")
        .addProtoFile(file.clone().addService(0, service))
        .build();
  }

  private CodeGeneratorResponse generate() throws IOException {
    return CodeGeneratorResponse.parseFrom(GoldenRequest.run(request().toByteArray()));
  }
}
