package dev.clearspan.rpc.internal.http2;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GrpcMessageTest {
  @Test
  void printableAsciiStandsAsItIs() {
    assertThat(encoded("no order 7 ~ ok?")).isEqualTo("no order 7 ~ ok?");
  }

  @Test
  void everythingElseIsPercentEncodedUtf8() {
    assertThat(encoded("\t50%\r\n")).isEqualTo("%0950%25%0D%0A");
    assertThat(encoded("ü")).isEqualTo("%C3%BC");
    assertThat(encoded("😈")).isEqualTo("%F0%9F%98%88");
  }

  @Test
  void decodingGivesTheMessageBack() {
    String message = "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n100%";
    assertThat(GrpcMessage.decode(GrpcMessage.encode(message))).isEqualTo(message);
  }

  @Test
  void escapesThatAreNoneAreTakenAsTheyStand() {
    assertThat(GrpcMessage.decode("50% off %zz %4")).isEqualTo("50% off %zz %4");
    assertThat(GrpcMessage.decode("%")).isEqualTo("%");
  }

  @Test
  void aLongMessageIsCutBetweenCharacters() {
    assertThat(encoded("a".repeat(5000))).hasSize(GrpcMessage.MOST_BYTES);
    String cut = GrpcMessage.decode(GrpcMessage.encode("😈".repeat(1000)));
    assertThat(cut).isEqualTo("😈".repeat(GrpcMessage.MOST_BYTES / 12));
  }

  private static String encoded(String message) {
    return GrpcMessage.encode(message).toString();
  }
}
