package dev.evenkeel.api.generator;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.smithy.model.shapes.MemberShape;
import software.amazon.smithy.model.shapes.Shape;
import software.amazon.smithy.model.shapes.StructureShape;
import software.amazon.smithy.model.traits.LengthTrait;
import software.amazon.smithy.model.traits.RangeTrait;
import software.amazon.smithy.model.traits.RequiredTrait;

/** The statements that check the members of a structure. */
final class Checks {
    private final DynamoDbModel model;
    private final JavaTypes types;

    Checks(DynamoDbModel model, JavaTypes types) {
        this.model = model;
        this.types = types;
    }

    /** Whether anything inside a value of that shape can be wrong. */
    boolean isChecked(Shape shape) {
        return isChecked(shape, new HashSet<>());
    }

    private boolean isChecked(Shape shape, Set<Shape> seen) {
        if (!types.hasCodec(shape) || !seen.add(shape)) {
            return false;
        }
        if (!shape.isStructureShape()) {
            return isChecked(model.element(shape), seen);
        }
        var structure = shape.asStructureShape().orElseThrow();
        return structure.members().stream()
                .anyMatch(member -> !own(structure, member).isEmpty() || isChecked(model.target(member), seen));
    }

    void add(SourceFile out, StructureShape structure, MemberShape member) {
        var target = model.target(member);
        if (JavaTypes.isEnum(target)) {
            out.importing(SourceFile.SHAPES + "." + Names.of(target));
        }
        own(structure, member).forEach(out::add);
        addNested(out, member);
    }

    /** What is checked of a member itself, not of what is inside it. */
    private List<String> own(StructureShape structure, MemberShape member) {
        var statements = new ArrayList<String>();
        var site = Names.of(structure) + "$" + member.getMemberName();
        var target = model.target(member);
        var at = "(path, %s, value.%s()".formatted(Names.literal(Names.path(member)), Names.component(member));
        if (member.hasTrait(RequiredTrait.class)) {
            statements.add("violations.required" + at + ");");
        }
        var instead = Observed.REQUIRED_WITHOUT.get(site);
        if (instead != null) {
            var other = Names.component(structure.getMember(instead).orElseThrow());
            statements.add("if (value." + other + "() == null) {");
            statements.add("violations.required" + at + ");");
            statements.add("}");
        }
        if (isTableName(member, structure)) {
            return statements; // the rest was checked first and alone, by TableNameRule
        }
        if (JavaTypes.isEnum(target)) {
            statements.add("violations.oneOf" + at + ", " + Names.of(target) + ".VALUES);");
        } else if (TextRulesSource.isRuled(target)) {
            statements.add("violations.text" + at + ", " + TextRulesSource.constant(target) + ");");
        } else if (types.hasCodec(target) && !target.isStructureShape()) {
            addSizes(statements, site, target, at);
            addElements(statements, target, at);
        } else {
            addRange(statements, member, at, manner(site));
        }
        return statements;
    }

    private static String manner(String site) {
        return Observed.TERSE.contains(site) ? "Tersely" : "";
    }

    private void addRange(List<String> statements, MemberShape member, String at, String manner) {
        var range = model.trait(member, RangeTrait.class);
        if (range != null) {
            range.getMin()
                    .ifPresent(min ->
                            statements.add("violations.atLeast" + manner + at + ", " + min.toPlainString() + ");"));
            range.getMax()
                    .ifPresent(max ->
                            statements.add("violations.atMost" + manner + at + ", " + max.toPlainString() + ");"));
        }
    }

    private static void addSizes(List<String> statements, String site, Shape target, String at) {
        var length = target.getTrait(LengthTrait.class);
        var min = length.flatMap(LengthTrait::getMin).orElse(0L);
        var emptyMessage = Observed.EMPTY_MESSAGE.get(site);
        if (emptyMessage != null) {
            statements.add("violations.notEmpty" + at + ", " + Names.literal(emptyMessage) + ");");
        } else if (min > 0) {
            statements.add("violations.minSize" + at + ", " + min + ");");
        }
        var max = Observed.LENGTH_MAX.getOrDefault(
                site, length.flatMap(LengthTrait::getMax).map(Long::intValue).orElse(Integer.MAX_VALUE));
        if (max < Integer.MAX_VALUE) {
            statements.add("violations.maxSize" + manner(site) + at + ", " + max + ");");
        }
    }

    private void addElements(List<String> statements, Shape target, String at) {
        if (target.isMapShape() && TextRulesSource.isRuled(model.key(target))) {
            statements.add("violations.keys" + at + ", " + TextRulesSource.constant(model.key(target)) + ");");
        }
        var element = model.element(target);
        if (TextRulesSource.isRuled(element)) {
            statements.add("violations.elements" + at + ", " + TextRulesSource.constant(element) + ");");
        } else if (target.isMapShape() && element.isListShape() && element.hasTrait(LengthTrait.class)) {
            var length = element.expectTrait(LengthTrait.class);
            statements.add("violations.valueSizes%s, %d, %s);"
                    .formatted(
                            at,
                            length.getMin().orElse(0L),
                            length.getMax().map(Object::toString).orElse("Integer.MAX_VALUE")));
        }
    }

    private void addNested(SourceFile out, MemberShape member) {
        var target = model.target(member);
        if (isChecked(target)) {
            var component = Names.component(member);
            out.add("if (value.%s() != null) {".formatted(component));
            out.add("%sCodec.validate(value.%s(), path.member(%s), violations);"
                    .formatted(Names.of(target), component, Names.literal(Names.path(member))));
            out.add("}");
        }
    }

    /** The name or ARN of the table that a whole request is about. */
    static boolean isTableName(MemberShape member, Shape structure) {
        return member.getMemberName().equals("TableName")
                && member.getTarget().getName().equals("TableArn")
                && Names.of(structure).endsWith("Input");
    }
}
