using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace ConvNetShell.Architecture.Tests;

/// <summary>
/// Which types of an assembly use which others of it, by its compiled code. Nested types and the compiler's own count as the type around
/// them.
/// </summary>
internal static class CompiledUses
{
    private const BindingFlags Own =
        BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    public static IEnumerable<(Type User, Type Used)> Of(Assembly assembly) =>
        from type in assembly.GetTypes()
        let user = Outer(type)
        where !IsTheCompilers(user)
        from used in Named(type).SelectMany(Parts).Select(Outer).Distinct()
        where used.Assembly == assembly && used != user && !IsTheCompilers(used)
        select (user, used);

    /// <summary>Returns the types that a type names: its base, its members' signatures, and what their instructions mention.</summary>
    private static IEnumerable<Type> Named(Type type)
    {
        IEnumerable<Type> members = type.GetMembers(Own)
            .SelectMany(member =>
                member switch
                {
                    FieldInfo field => [field.FieldType],
                    MethodBase method => Signature(method).Concat(Body(method)),
                    _ => Array.Empty<Type>(),
                }
            );
        IEnumerable<Type> attributes = type.GetMembers(Own)
            .Append(type)
            .SelectMany(member => member.GetCustomAttributesData())
            .SelectMany(Attribute);
        return members
            .Concat(attributes)
            .Concat(type.GetInterfaces())
            .Append(type.BaseType!)
            .Concat(Constraints(type.GetGenericArguments()))
            .Where(named => named is not null);
    }

    private static IEnumerable<Type> Signature(MethodBase method)
    {
        IEnumerable<Type> types = method.GetParameters().Select(parameter => parameter.ParameterType);
        types = types.Concat(method.IsGenericMethod ? Constraints(method.GetGenericArguments()) : []);
        return method is MethodInfo { ReturnType: var result } ? types.Append(result) : types;
    }

    private static IEnumerable<Type> Body(MethodBase method)
    {
        if (method.GetMethodBody() is not { } body)
        {
            return [];
        }
        IEnumerable<Type> locals = body.LocalVariables.Select(local => local.LocalType);
        IEnumerable<Type> handlers = body
            .ExceptionHandlingClauses.Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause)
            .Select(clause => clause.CatchType!);
        return locals.Concat(handlers).Concat(CompiledMethod.Tokens(method).SelectMany(Token));
    }

    private static IEnumerable<Type> Token(MemberInfo member) =>
        member switch
        {
            Type type => [type],
            FieldInfo field => [field.DeclaringType!, field.FieldType],
            MethodInfo { IsGenericMethod: true } method => [method.DeclaringType!, method.ReturnType, .. method.GetGenericArguments()],
            MethodInfo method => [method.DeclaringType!, method.ReturnType],
            MethodBase constructor => [constructor.DeclaringType!],
            _ => [],
        };

    private static IEnumerable<Type> Attribute(CustomAttributeData data) =>
        data.ConstructorArguments.Select(argument => argument.Value).OfType<Type>().Append(data.AttributeType);

    private static IEnumerable<Type> Constraints(Type[] parameters) =>
        parameters.Where(parameter => parameter.IsGenericParameter).SelectMany(parameter => parameter.GetGenericParameterConstraints());

    /// <summary>Returns the types that an array, a reference, a pointer or a generic type consists of.</summary>
    private static IEnumerable<Type> Parts(Type type) =>
        type switch
        {
            { HasElementType: true } => Parts(type.GetElementType()!),
            { IsGenericParameter: true } => [],
            { IsConstructedGenericType: true } => type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition()),
            _ => [type],
        };

    private static Type Outer(Type type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }
        return type;
    }

    private static bool IsTheCompilers(Type type) =>
        type.Name.StartsWith('<')
        || type.IsDefined(typeof(CompilerGeneratedAttribute), false)
        || type.Namespace
            is null
                or "System.Runtime.CompilerServices"
                or "System.Text.RegularExpressions.Generated"
                or "Microsoft.CodeAnalysis";
}
