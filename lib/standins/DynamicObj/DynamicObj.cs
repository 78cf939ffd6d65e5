// Written for this project after the public name of the package DynamicObj; no code of the original.
namespace DynamicObj;

/// <summary>An object with members that are added as it goes. Nothing here creates one: callers can only leave such arguments out.</summary>
public sealed class DynamicObj
{
    private DynamicObj() { }
}
