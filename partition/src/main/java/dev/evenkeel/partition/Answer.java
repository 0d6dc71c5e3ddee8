package dev.evenkeel.partition;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.replication.LogUnavailableException;
import dev.evenkeel.replication.NotLeaderException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What became of a request on one node.
 *
 * <pre>
 * answer  = version:u8 status:u8 …
 * result  = as its request says     failed  = FailureCodec     notLeader = hasLeader:u8 [leader]
 * notHere = reason                  unknown = reason
 * </pre>
 */
sealed interface Answer<T> {
    int VERSION = 1;

    int RESULT = 1;
    int FAILED = 2;
    int NOT_LEADER = 3;
    int NOT_HERE = 4;
    int UNKNOWN = 5;

    record Result<T>(T value) implements Answer<T> {}

    /** A client is to be told of it; nothing has been written. */
    record Failed<T>(DynamoException failure) implements Answer<T> {}

    /** Surely not executed; perhaps that other node leads. */
    record NotLeader<T>(Optional<String> leader) implements Answer<T> {}

    /** Surely not executed: the partition is not here yet or any more, or nothing can be taken now. */
    record NotHere<T>(String reason) implements Answer<T> {}

    /** It may have been executed, or may still be. */
    record Unknown<T>(String reason) implements Answer<T> {}

    /** Performs a request on this node. */
    static <T> Answer<T> here(Request<T> request, HostedGroups hosted) {
        try {
            var host = hosted.host(request.groupId());
            return host.isEmpty()
                    ? new NotHere<>("group " + request.groupId())
                    : new Result<>(request.perform(host.get(), hosted));
        } catch (DynamoException failure) {
            return new Failed<>(failure);
        } catch (NotLeaderException elsewhere) {
            return new NotLeader<>(hosted.leader(request.groupId()));
        } catch (NotHereException | LogUnavailableException refused) {
            return new NotHere<>(String.valueOf(refused.getMessage()));
        } catch (RuntimeException failed) {
            log().warn("A request to group {} failed", request.groupId(), failed);
            return new Unknown<>(failed.toString());
        }
    }

    private static Logger log() {
        return LoggerFactory.getLogger(Answer.class);
    }

    static <T> byte[] encode(Request<T> request, Answer<T> answer) {
        var out = new ByteWriter(256).u8(VERSION);
        switch (answer) {
            case Result<T>(var value) -> request.writeResult(out.u8(RESULT), value);
            case Failed<T>(var failure) -> FailureCodec.write(out.u8(FAILED), failure);
            case NotLeader<T>(var leader) -> {
                out.u8(NOT_LEADER).bool(leader.isPresent());
                leader.ifPresent(out::string);
            }
            case NotHere<T>(var reason) -> out.u8(NOT_HERE).string(reason);
            case Unknown<T>(var reason) -> out.u8(UNKNOWN).string(reason);
        }
        return out.toBytes();
    }

    static <T> Answer<T> decode(Request<T> request, byte[] bytes) {
        var in = new ByteReader(bytes);
        int version = in.u8();
        if (version != VERSION) {
            throw new IllegalStateException("an answer of version " + version + ", this release reads " + VERSION);
        }
        int status = in.u8();
        return switch (status) {
            case RESULT -> new Result<>(request.readResult(in));
            case FAILED -> new Failed<>(FailureCodec.read(in));
            case NOT_LEADER -> new NotLeader<>(in.bool() ? Optional.of(in.string()) : Optional.empty());
            case NOT_HERE -> new NotHere<>(in.string());
            case UNKNOWN -> new Unknown<>(in.string());
            default -> throw new IllegalStateException("an answer of unknown status " + status);
        };
    }
}
