using System.Reflection;
using Microsoft.CodeAnalysis.Scripting;

namespace Unlearn.Kernel.Sessions;

/// <summary>
/// The variables of a script that was stopped half-way. Roslyn gives a state only to scripts that end; but the object that holds a
/// script's variables exists from its first instruction on, in an array that this class arranges to be able to read.
/// </summary>
/// <remarks>Uses non-public members of Roslyn. Where a version lacks one, nothing is kept, as in Roslyn itself.</remarks>
internal sealed class PartialState
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;

    private static readonly PropertyInfo? ExecutionState = typeof(ScriptState).GetProperty("ExecutionState", Hidden);
    private static readonly Type? Kind = ExecutionState?.PropertyType;
    private static readonly MethodInfo? Clone = Kind?.GetMethod("FreezeAndClone", Hidden);
    private static readonly MethodInfo? Reserve = Kind?.GetMethod("EnsureStateCapacity", Hidden);
    private static readonly ConstructorInfo? Continued = Kind?.GetConstructor(Hidden, [typeof(object[]), typeof(int)]);
    private static readonly PropertyInfo? Count = Kind?.GetProperty("SubmissionStateCount", Hidden);
    private static readonly FieldInfo? Submissions = Kind?.GetField("_submissionStates", Hidden);

    private static readonly ConstructorInfo? Constructor = Kind is null ? null
        : typeof(ScriptState<object>).GetConstructor(Hidden, [Kind, typeof(Script), typeof(object), typeof(Exception)]);

    private readonly object? execution;

    private PartialState(ScriptState<object> start, object? execution) => (Start, this.execution) = (start, execution);

    /// <summary>The state from which to run the script.</summary>
    public ScriptState<object> Start { get; }

    /// <summary>Makes a state like the previous one, whose array the script that runs from it will share.</summary>
    public static PartialState Before(ScriptState<object> previous)
    {
        if (Clone is null || Reserve is null || Continued is null || Count is null || Submissions is null || Constructor is null)
            return new(previous, null);
        var execution = Clone.Invoke(ExecutionState!.GetValue(previous), null)!;
        Reserve.Invoke(execution, null);
        return new((ScriptState<object>)Constructor.Invoke([execution, previous.Script, null, null]), execution);
    }

    /// <summary>The state after the script as far as it came; null when it had not begun.</summary>
    public ScriptState<object>? After(Script script)
    {
        if (execution is null) return null;
        var (submissions, count) = ((object?[])Submissions!.GetValue(execution)!, (int)Count!.GetValue(execution)!);
        if (submissions[count] is null) return null;
        return (ScriptState<object>)Constructor!.Invoke([Continued!.Invoke([submissions.Clone(), count + 1]), script, null, null]);
    }
}
