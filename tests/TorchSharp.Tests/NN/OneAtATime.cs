namespace TorchSharp.Tests.NN;

/// <summary>Tests that seed the process's random numbers, or count its tensors and memory, run when no others do.</summary>
[CollectionDefinition(nameof(OneAtATime), DisableParallelization = true)]
public sealed class OneAtATime;
