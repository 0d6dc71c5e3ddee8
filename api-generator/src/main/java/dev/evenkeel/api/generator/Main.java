package dev.evenkeel.api.generator;

import java.io.IOException;
import java.nio.file.Path;

/** The whole generator: {@code Main <folder>} fills the folder with sources. Called by the build of {@code api}. */
public final class Main {
    private Main() {}

    /**
     * @param args the folder to write to; files in it that this run does not write are deleted, unchanged ones untouched
     * @throws IOException when the folder cannot be written
     */
    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            throw new IllegalArgumentException("usage: Main <output folder>");
        }
        var folder = new OutputFolder(Path.of(args[0]));
        var model = DynamoDbModel.load();
        var types = new JavaTypes(model);
        for (var structure : model.structures()) {
            folder.write(new RecordSource(model, types, structure).source());
            folder.write(new StructureCodecSource(model, types, structure).source());
        }
        for (var collection : model.collections()) {
            folder.write(new CollectionCodecSource(model, types, collection).source());
        }
        for (var values : model.enums()) {
            folder.write(EnumSource.of(values));
        }
        folder.write(TextRulesSource.of(model));
        folder.write(ErrorsSource.of(model));
        for (var operation : model.operations()) {
            folder.write(OperationSource.of(model, operation));
        }
        folder.write(OperationSource.registry(model));
        folder.deleteStale();
    }
}
