using System.Runtime.InteropServices;

namespace Unlearn.Tokenization.Models;

/// <summary>All tokens of a vocabulary by their UTF-16 units, for finding every token that begins at a place.</summary>
internal sealed class TokenTrie
{
    public const int Root = 0;

    private readonly Dictionary<(int Node, char Unit), int> children = [];
    private readonly List<int> idOfNode = [-1];

    public TokenTrie(Vocabulary vocabulary)
    {
        foreach (var (token, id) in vocabulary)
        {
            var node = Root;
            foreach (var unit in token)
            {
                ref var child = ref CollectionsMarshal.GetValueRefOrAddDefault(children, (node, unit), out var exists);
                if (!exists)
                {
                    child = idOfNode.Count;
                    idOfNode.Add(-1);
                }
                node = child;
            }
            idOfNode[node] = id;
        }
    }

    /// <summary>Goes on by one unit, if any token does.</summary>
    public bool TryStep(ref int node, char unit)
    {
        if (!children.TryGetValue((node, unit), out var child)) return false;
        node = child;
        return true;
    }

    /// <summary>The id of the token that ends here, or −1.</summary>
    public int IdAt(int node) => idOfNode[node];
}
