package dev.evenkeel.server.cluster;

import dev.evenkeel.metadata.CatalogImage;
import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where other nodes' {@link AdminCalls} come in. It is there before the node is open, since nodes that begin with nothing
 * ask each other whether their cluster is new; see {@link FirstStart}. All else has to wait for {@link AdminService}.
 */
final class AdminDoor {
    private final boolean isNew;
    private final Observations observations;
    private volatile @Nullable Supplier<CatalogImage> catalog;
    private volatile @Nullable AdminService service;

    /** @param isNew whether this node began with nothing */
    AdminDoor(boolean isNew, Observations observations) {
        this.isNew = isNew;
        this.observations = observations;
    }

    void open(Supplier<CatalogImage> openCatalog, AdminService openService) {
        catalog = openCatalog;
        service = openService;
    }

    CompletableFuture<byte[]> handle(byte[] request) {
        var in = new ByteReader(request);
        if (in.u8() == AdminCalls.VERSION && in.u8() == AdminCalls.KNOWS) {
            return CompletableFuture.completedFuture(new ByteWriter(3)
                    .u8(AdminCalls.VERSION)
                    .bool(true)
                    .u8(answer(in.string()).ordinal())
                    .toBytes());
        }
        var opened = service;
        return opened == null
                ? CompletableFuture.failedFuture(new IllegalStateException("this node is starting"))
                : opened.handle(request);
    }

    /** An image without any node is not the cluster's yet: a catalog that is there is read when it has a leader. */
    private FirstStart.Answer answer(String node) {
        var opened = catalog;
        var image = opened == null ? CatalogImage.EMPTY : opened.get();
        if (image.node(node).isPresent()) {
            return observations.of(node).isPresent() ? FirstStart.Answer.RUNNING : FirstStart.Answer.KNOWN;
        }
        if (!image.nodes().isEmpty()) {
            return FirstStart.Answer.STRANGER;
        }
        return isNew ? FirstStart.Answer.NEW_TOO : FirstStart.Answer.UNSURE;
    }
}
