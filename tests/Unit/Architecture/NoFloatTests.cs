using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EdgeHub.Tests.Unit.Architecture;

/// <summary>No binary floating point in the rules: no field, local, parameter, result, argument or instruction of it.</summary>
public sealed class NoFloatTests
{
    private static readonly Code[] FloatCodes =
        [Code.Ldc_R4, Code.Ldc_R8, Code.Conv_R4, Code.Conv_R8, Code.Conv_R_Un, Code.Ldind_R4, Code.Ldind_R8, Code.Stind_R4, Code.Stind_R8, Code.Ldelem_R4, Code.Ldelem_R8, Code.Stelem_R4, Code.Stelem_R8];

    [Fact]
    public void Rules_HaveNoFloat() => Repository.AssertNone(Assembled.Rules.Types.SelectMany(Assembled.WithNested).SelectMany(Floats));

    [Theory]
    [InlineData("Conversion", true)]
    [InlineData("Literal", true)]
    [InlineData("Signature", true)]
    [InlineData("Fine", false)]
    public void Breaks_Float_IsFound(string method, bool isFound)
    {
        var sample = Assembled.Tests.GetType("EdgeHub.Rules.Schemes.SampleOne.Floats").Methods.Single(each => each.Name == method);
        Assert.Equal(isFound, InMethod(sample).Any());
    }

    private static IEnumerable<Finding> Floats(TypeDefinition type) =>
        type.Fields.Where(field => IsFloat(field.FieldType)).Select(field => new Finding(type.FullName, $"field {field.Name} is {field.FieldType.Name}"))
            .Concat(type.Methods.SelectMany(InMethod));

    private static IEnumerable<Finding> InMethod(MethodDefinition method)
    {
        var where = $"{method.DeclaringType.FullName}.{method.Name}";
        if (IsFloat(method.ReturnType) || method.Parameters.Any(each => IsFloat(each.ParameterType)))
        {
            yield return new Finding(where, "float in the signature");
        }
        if (!method.HasBody)
        {
            yield break;
        }
        if (method.Body.Variables.Any(each => IsFloat(each.VariableType)))
        {
            yield return new Finding(where, "float local");
        }
        foreach (var instruction in method.Body.Instructions)
        {
            if (FloatCodes.Contains(instruction.OpCode.Code) || (instruction.Operand is MethodReference called && Speaks(called)))
            {
                yield return new Finding(where, $"{instruction.OpCode} {instruction.Operand}");
            }
        }
    }

    /// <summary>Generic code that may be float for others (INumber) is judged by its arguments here.</summary>
    private static bool Speaks(MethodReference called) => IsFloat(called.ReturnType) || called.Parameters.Any(each => IsFloat(each.ParameterType))
        || (called is GenericInstanceMethod generic && generic.GenericArguments.Any(IsFloat));

    private static bool IsFloat(TypeReference type) => Assembled.Parts(type).Any(part => part.FullName is "System.Single" or "System.Double" or "System.Half");
}
