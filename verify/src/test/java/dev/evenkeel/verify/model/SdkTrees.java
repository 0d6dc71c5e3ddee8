package dev.evenkeel.verify.model;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.Buildable;

/** Between trees of JSON and the SDK's objects, by the descriptions that these carry of themselves. */
final class SdkTrees {
    private SdkTrees() {}

    /** Sets every member that the tree has. */
    static <B extends SdkPojo> B fill(B builder, Map<String, Object> tree) {
        for (var field : builder.sdkFields()) {
            var value = tree.get(field.locationName());
            if (value != null) {
                field.set(builder, toSdk(field, value));
            }
        }
        return builder;
    }

    private static Object toSdk(SdkField<?> field, Object tree) {
        var type = field.marshallingType();
        if (type == MarshallingType.LIST) {
            var member = field.getTrait(ListTrait.class).memberFieldInfo();
            return Wire.asList(tree).stream()
                    .map(element -> toSdk(member, element))
                    .toList();
        }
        if (type == MarshallingType.MAP) {
            var member = field.getTrait(MapTrait.class).valueFieldInfo();
            var map = new LinkedHashMap<String, Object>();
            Wire.asObject(tree).forEach((name, value) -> map.put(name, toSdk(member, value)));
            return map;
        }
        if (type == MarshallingType.SDK_POJO) {
            var builder = fill(field.constructor().get(), Wire.asObject(tree));
            return ((Buildable) builder).build();
        }
        return type == MarshallingType.SDK_BYTES
                ? SdkBytes.fromByteArray(Base64.getDecoder().decode((String) tree))
                : tree;
    }

    static Map<String, Object> toTree(SdkPojo object) {
        var tree = new LinkedHashMap<String, Object>();
        for (var field : object.sdkFields()) {
            var value = field.getValueOrDefault(object);
            if (value != null && !(value instanceof SdkAutoConstructList) && !(value instanceof SdkAutoConstructMap)) {
                tree.put(Objects.requireNonNull(field.locationName()), ofValue(value));
            }
        }
        return tree;
    }

    private static Object ofValue(Object value) {
        return switch (value) {
            case SdkPojo pojo -> toTree(pojo);
            case SdkBytes bytes -> Base64.getEncoder().encodeToString(bytes.asByteArray());
            case Iterable<?> elements -> {
                var list = new ArrayList<Object>();
                elements.forEach(element -> list.add(ofValue(element)));
                yield list;
            }
            case Map<?, ?> entries -> {
                var map = new LinkedHashMap<String, Object>();
                entries.forEach((name, entry) -> map.put((String) name, ofValue(entry)));
                yield map;
            }
            case String _, Boolean _, Number _ -> value;
            default -> value.toString();
        };
    }
}
