// Generated from golden/words.proto by Clearspan's protoc plugin. Do not edit.
package dev.clearspan.protoc.golden.awkward;

import dev.clearspan.rpc.Incoming;
import dev.clearspan.rpc.Outgoing;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcService;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.Status;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/**
 * Serves {@code golden.awkward.Words}. Override the methods it has; they run concurrently and may
 * block. A method that is not overridden answers UNIMPLEMENTED.
 *
 * <p>Its name is that of the outer class.
 */
@SuppressWarnings("deprecation")
@NullMarked
public abstract class WordsBase implements RpcService {
  /**
   * Answers {@code golden.awkward.Words/New}.
   *
   * @throws RpcException to answer with its status
   * @throws Exception to answer UNKNOWN
   */
  protected WordsOuterClass.Awkward.Inner.Innermost new_(WordsOuterClass.Awkward.Inner request)
      throws Exception {
    throw new RpcException(
        Status.Code.UNIMPLEMENTED, "golden.awkward.Words/New is not implemented by this server");
  }

  /**
   * Answers {@code golden.awkward.Words/new}.
   *
   * @throws RpcException to answer with its status
   * @throws Exception to answer UNKNOWN
   */
  protected WordsOuterClass.Awkward new__(WordsOuterClass.Awkward request) throws Exception {
    throw new RpcException(
        Status.Code.UNIMPLEMENTED, "golden.awkward.Words/new is not implemented by this server");
  }

  /**
   * Answers {@code golden.awkward.Words/Get}.
   *
   * @throws RpcException to answer with its status
   * @throws Exception to answer UNKNOWN
   */
  protected WordsOuterClass.Awkward get(WordsOuterClass.Awkward request) throws Exception {
    throw new RpcException(
        Status.Code.UNIMPLEMENTED, "golden.awkward.Words/Get is not implemented by this server");
  }

  /**
   * Answers {@code golden.awkward.Words/GetAsync}.
   *
   * @throws RpcException to answer with its status
   * @throws Exception to answer UNKNOWN
   */
  protected WordsOuterClass.Awkward getAsync_(WordsOuterClass.Awkward request) throws Exception {
    throw new RpcException(
        Status.Code.UNIMPLEMENTED,
        "golden.awkward.Words/GetAsync is not implemented by this server");
  }

  /**
   * Answers {@code golden.awkward.Words/get_it_2now}.
   *
   * @throws RpcException to answer with its status
   * @throws Exception to answer UNKNOWN
   */
  protected WordsOuterClass.Awkward getIt2Now(WordsOuterClass.Awkward request) throws Exception {
    throw new RpcException(
        Status.Code.UNIMPLEMENTED,
        "golden.awkward.Words/get_it_2now is not implemented by this server");
  }

  /**
   * Answers {@code golden.awkward.Words/HTTPPing}.
   *
   * @throws RpcException to answer with its status
   * @throws Exception to answer UNKNOWN
   */
  protected WordsOuterClass.Awkward hTTPPing(WordsOuterClass.Awkward request) throws Exception {
    throw new RpcException(
        Status.Code.UNIMPLEMENTED,
        "golden.awkward.Words/HTTPPing is not implemented by this server");
  }

  /**
   * Answers {@code golden.awkward.Words/GetClass}.
   *
   * @throws RpcException to answer with its status
   * @throws Exception to answer UNKNOWN
   */
  protected WordsOuterClass.Awkward getClass(WordsOuterClass.Awkward request) throws Exception {
    throw new RpcException(
        Status.Code.UNIMPLEMENTED,
        "golden.awkward.Words/GetClass is not implemented by this server");
  }

  /**
   * Answers {@code golden.awkward.Words/Equals}.
   *
   * @throws RpcException to answer with its status
   * @throws Exception to answer UNKNOWN
   */
  protected WordsOuterClass.Awkward equals(WordsOuterClass.Awkward request) throws Exception {
    throw new RpcException(
        Status.Code.UNIMPLEMENTED, "golden.awkward.Words/Equals is not implemented by this server");
  }

  /**
   * Answers {@code golden.awkward.Words/Definition}.
   *
   * @throws RpcException to answer with its status
   * @throws Exception to answer UNKNOWN
   */
  protected WordsOuterClass.Awkward definition(WordsOuterClass.Awkward request) throws Exception {
    throw new RpcException(
        Status.Code.UNIMPLEMENTED,
        "golden.awkward.Words/Definition is not implemented by this server");
  }

  /**
   * Answers {@code golden.awkward.Words/With}.
   *
   * @throws RpcException to answer with its status
   * @throws Exception to answer UNKNOWN
   */
  protected WordsOuterClass.Awkward with(WordsOuterClass.Awkward request) throws Exception {
    throw new RpcException(
        Status.Code.UNIMPLEMENTED, "golden.awkward.Words/With is not implemented by this server");
  }

  /**
   * Answers {@code golden.awkward.Words/Of}.
   *
   * @throws RpcException to answer with its status
   * @throws Exception to answer UNKNOWN
   */
  protected WordsOuterClass.Awkward of(WordsOuterClass.Awkward request) throws Exception {
    throw new RpcException(
        Status.Code.UNIMPLEMENTED, "golden.awkward.Words/Of is not implemented by this server");
  }

  /**
   * Answers {@code golden.awkward.Words/HashCode}.
   *
   * <p>The requests come one by one; what is returned is the reply.
   *
   * @throws RpcException to answer with its status
   * @throws Exception to answer UNKNOWN
   */
  protected WordsOuterClass.Awkward hashCode_(Incoming<WordsOuterClass.Awkward> requests)
      throws Exception {
    throw new RpcException(
        Status.Code.UNIMPLEMENTED,
        "golden.awkward.Words/HashCode is not implemented by this server");
  }

  /**
   * Answers {@code golden.awkward.Words/Wait}.
   *
   * <p>The requests come one by one; returning ends the replies, sending waits for a slow caller.
   *
   * @throws RpcException to answer with its status
   * @throws Exception to answer UNKNOWN
   */
  protected void wait_(
      Incoming<WordsOuterClass.Awkward> requests, Outgoing<WordsOuterClass.Awkward> replies)
      throws Exception {
    throw new RpcException(
        Status.Code.UNIMPLEMENTED, "golden.awkward.Words/Wait is not implemented by this server");
  }

  /**
   * Answers {@code golden.awkward.Words/NotifyEverybodyWhoAsked}.
   *
   * <p>Returning ends the replies; sending waits for a slow caller.
   *
   * @throws RpcException to answer with its status
   * @throws Exception to answer UNKNOWN
   */
  protected void notifyEverybodyWhoAsked(
      WordsOuterClass.Awkward.Inner request,
      Outgoing<WordsOuterClass.Awkward.Inner.Innermost> replies)
      throws Exception {
    throw new RpcException(
        Status.Code.UNIMPLEMENTED,
        "golden.awkward.Words/NotifyEverybodyWhoAsked is not implemented by this server");
  }

  /**
   * Answers {@code golden.awkward.Words/Forget}.
   *
   * @throws RpcException to answer with its status
   * @throws Exception to answer UNKNOWN
   */
  protected WordsOuterClass.Awkward forget(WordsOuterClass.Old request) throws Exception {
    throw new RpcException(
        Status.Code.UNIMPLEMENTED, "golden.awkward.Words/Forget is not implemented by this server");
  }

  /**
   * Answers {@code golden.awkward.Words/ForgetAll}.
   *
   * <p>The requests come one by one; returning ends the replies, sending waits for a slow caller.
   *
   * @throws RpcException to answer with its status
   * @throws Exception to answer UNKNOWN
   */
  protected void forgetAll(
      Incoming<WordsOuterClass.Old> requests, Outgoing<WordsOuterClass.Awkward> replies)
      throws Exception {
    throw new RpcException(
        Status.Code.UNIMPLEMENTED,
        "golden.awkward.Words/ForgetAll is not implemented by this server");
  }

  @Override
  public final ServiceDefinition definition() {
    return new ServiceDefinition(
        "golden.awkward.Words",
        List.of(
            ServiceDefinition.BoundMethod.unary(WordsClient.NEW, this::new_),
            ServiceDefinition.BoundMethod.unary(WordsClient.NEW_, this::new__),
            ServiceDefinition.BoundMethod.unary(WordsClient.GET, this::get),
            ServiceDefinition.BoundMethod.unary(WordsClient.GET_ASYNC, this::getAsync_),
            ServiceDefinition.BoundMethod.unary(WordsClient.GET_IT2_NOW, this::getIt2Now),
            ServiceDefinition.BoundMethod.unary(WordsClient.HTTP_PING, this::hTTPPing),
            ServiceDefinition.BoundMethod.unary(WordsClient.GET_CLASS, this::getClass),
            ServiceDefinition.BoundMethod.unary(WordsClient.EQUALS, this::equals),
            ServiceDefinition.BoundMethod.unary(WordsClient.DEFINITION, this::definition),
            ServiceDefinition.BoundMethod.unary(WordsClient.WITH, this::with),
            ServiceDefinition.BoundMethod.unary(WordsClient.OF, this::of),
            ServiceDefinition.BoundMethod.clientStreaming(WordsClient.HASH_CODE, this::hashCode_),
            ServiceDefinition.BoundMethod.bidiStreaming(WordsClient.WAIT, this::wait_),
            ServiceDefinition.BoundMethod.serverStreaming(
                WordsClient.NOTIFY_EVERYBODY_WHO_ASKED, this::notifyEverybodyWhoAsked),
            ServiceDefinition.BoundMethod.unary(WordsClient.FORGET, this::forget),
            ServiceDefinition.BoundMethod.bidiStreaming(WordsClient.FORGET_ALL, this::forgetAll)),
        WordsOuterClass.getDescriptor());
  }
}
