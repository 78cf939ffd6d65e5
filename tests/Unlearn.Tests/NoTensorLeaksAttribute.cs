using System.Reflection;
using TorchSharp;
using Xunit.Sdk;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Unlearn.Tests;

/// <summary>Fails a test that leaves tensors alive. Tests run one after another, since the count is the process's.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class NoTensorLeaksAttribute : BeforeAfterTestAttribute
{
    private long before;

    public override void Before(MethodInfo methodUnderTest) => before = torch.Tensor.TotalCount;

    public override void After(MethodInfo methodUnderTest)
    {
        var left = torch.Tensor.TotalCount - before;
        if (left > 0) throw new InvalidOperationException($"{methodUnderTest.Name} left {left} live tensor(s).");
    }
}
