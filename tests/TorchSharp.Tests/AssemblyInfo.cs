// Tests count live tensors and seed the one default generator.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
