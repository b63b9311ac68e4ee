using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EdgeHub.Tests.Unit.Architecture;

/// <summary>The built assemblies as the tests over the code read them.</summary>
public static class Assembled
{
    public static ModuleDefinition Rules { get; } = Of(typeof(EdgeHub.Rules.Money).Assembly.Location);
    public static ModuleDefinition Sync { get; } = Of(typeof(EdgeHub.Sync.Seams.IEntropy).Assembly.Location);
    public static ModuleDefinition Pages { get; } = Of(Path.Combine(AppContext.BaseDirectory, "EdgeHub.Pages.dll"));
    public static ModuleDefinition Agent { get; } = Of(Path.Combine(AppContext.BaseDirectory, "EdgeHub.Agent.dll"));
    public static ModuleDefinition Hub { get; } = Of(Path.Combine(AppContext.BaseDirectory, "EdgeHub.Hub.dll"));

    /// <summary>The program that checks an export from outside.</summary>
    public static ModuleDefinition Checker { get; } = Of(typeof(EdgeHub.Tests.Checker.Check).Assembly.Location);

    /// <summary>This assembly, for the samples that break a rule on purpose.</summary>
    public static ModuleDefinition Tests { get; } = Of(typeof(Assembled).Assembly.Location);

    public static IReadOnlyList<ModuleDefinition> Product { get; } = [Rules, Sync, Pages, Agent, Hub];

    /// <summary>Types with what the compiler nested in them (closures, state machines) counted to the type that was written.</summary>
    public static IEnumerable<TypeDefinition> WithNested(TypeDefinition type) => type.NestedTypes.SelectMany(WithNested).Prepend(type);

    /// <summary>The outermost type.</summary>
    public static TypeReference Outermost(TypeReference type)
    {
        var element = type.GetElementType();
        return element.DeclaringType is null ? element : Outermost(element.DeclaringType);
    }

    /// <summary>Every type that a type mentions: base, interfaces, attributes, fields, signatures, locals, instructions, generic arguments.</summary>
    public static IEnumerable<TypeReference> Mentioned(TypeDefinition type)
    {
        var direct = new List<TypeReference?> { type.BaseType };
        direct.AddRange(type.Interfaces.Select(each => each.InterfaceType));
        direct.AddRange(type.CustomAttributes.Select(each => each.AttributeType));
        direct.AddRange(type.Fields.Select(each => each.FieldType));
        foreach (var method in type.Methods)
        {
            direct.Add(method.ReturnType);
            direct.AddRange(method.Parameters.Select(each => each.ParameterType));
            direct.AddRange(method.CustomAttributes.Select(each => each.AttributeType));
            if (method.HasBody)
            {
                direct.AddRange(method.Body.Variables.Select(each => each.VariableType));
                direct.AddRange(method.Body.Instructions.SelectMany(OfOperand));
            }
        }
        return direct.OfType<TypeReference>().SelectMany(Parts);
    }

    private static IEnumerable<TypeReference?> OfOperand(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        GenericInstanceMethod method => [method.DeclaringType, method.ReturnType, .. method.GenericArguments, .. method.Parameters.Select(p => p.ParameterType)],
        MethodReference method => [method.DeclaringType, method.ReturnType, .. method.Parameters.Select(p => p.ParameterType)],
        _ => [],
    };

    /// <summary>A type and its generic arguments, arrays and references taken off.</summary>
    public static IEnumerable<TypeReference> Parts(TypeReference type)
    {
        if (type is GenericParameter)
        {
            return [];
        }
        if (type is GenericInstanceType generic)
        {
            return generic.GenericArguments.SelectMany(Parts).Prepend(generic.ElementType);
        }
        if (type is FunctionPointerType pointer)
        {
            return pointer.Parameters.SelectMany(each => Parts(each.ParameterType)).Concat(Parts(pointer.ReturnType));
        }
        return type is TypeSpecification special ? Parts(special.ElementType) : [type];
    }

    private static ModuleDefinition Of(string file) => ModuleDefinition.ReadModule(file, new ReaderParameters { InMemory = true });
}
