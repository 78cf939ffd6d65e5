using Unlearn.Data.Hub;
using Unlearn.Data.People;
using Unlearn.Dialogues;

namespace Unlearn.Data;

/// <summary>Finds the project's data sets: the generated world and TOFU.</summary>
public static class DataSets
{
    /// <summary>The generated world that is kept in <c>data/world</c>.</summary>
    /// <remarks>
    /// Looked for in the folder that UNLEARN_WORLD names; without it as <c>data/world</c> in the current folder, the library's
    /// folder and all folders above them.
    /// </remarks>
    /// <exception cref="DirectoryNotFoundException">It is in none of these places; the message lists them and how to make it.</exception>
    public static Corpus World() => Corpus.Load(DataSearch.Here.World(), "world");

    /// <summary>TOFU, the 200 fictitious authors with 20 questions each of Maini et al., 2024 (arXiv 2401.06121).</summary>
    /// <remarks>
    /// Looked for in the folder that UNLEARN_DATA names (as it is, or its <c>tofu</c>); without it as <c>shared/data/tofu</c> beside
    /// the repository, then in the user's cache (<c>$XDG_CACHE_HOME/unlearn/tofu</c>), which is filled from the Hugging Face hub
    /// (HF_ENDPOINT, HF_TOKEN) by way of the cache of Python's libraries (HF_HOME) where it can be reached.
    /// </remarks>
    /// <exception cref="DirectoryNotFoundException">UNLEARN_DATA is set but has no TOFU in it.</exception>
    /// <exception cref="IOException">It is nowhere and cannot be downloaded; the message names the folder to put the files in.</exception>
    public static Corpus Tofu() => Corpus.Load(DataSearch.Here.Tofu(), "tofu");

    /// <summary>The folder of <see cref="Tofu"/>'s files, which are downloaded first where they are nowhere.</summary>
    /// <exception cref="DirectoryNotFoundException">UNLEARN_DATA is set but has no TOFU in it.</exception>
    /// <exception cref="IOException">It is nowhere and cannot be downloaded; the message names the folder to put the files in.</exception>
    public static string TofuFolder() => DataSearch.Here.Tofu();

    /// <summary>As <see cref="TofuFolder()"/>, for those who show the download and may stop it.</summary>
    /// <remarks>What has come is kept for the next try.</remarks>
    /// <param name="settings">The hub, its token and the cache that the files come through.</param>
    /// <param name="folder">Where the six files should be; null for where <see cref="Tofu"/> looks.</param>
    /// <param name="progress">Told of the bytes that are there and of those there will be; of nothing where no file is missing.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="DirectoryNotFoundException">UNLEARN_DATA is set but has no TOFU in it.</exception>
    /// <exception cref="IOException">It is nowhere and cannot be downloaded; the message names the folder to put the files in.</exception>
    public static async Task<string> TofuFolderAsync(
        HubSettings settings, string? folder = null, IProgress<(long Done, long Total)>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (folder is null) return await DataSearch.Here.TofuAsync(settings, progress, cancellation).ConfigureAwait(false);
        folder = Path.GetFullPath(folder);
        await new TofuHub(settings).CompleteAsync(folder, progress, cancellation).ConfigureAwait(false);
        return folder;
    }

    /// <summary>The folder of kept results, <c>data/results</c> in the current folder, the library's or one above them.</summary>
    /// <returns>Its path; that in the current folder where there is none.</returns>
    public static string Results() => DataSearch.Here.Results();

    /// <summary>The generated world of well-known people, which is made when asked for.</summary>
    /// <remarks>Its corpus forgets its last quarter; <see cref="PublicPeople.Split"/> has what unlearning and evaluation read of it.</remarks>
    public static PublicPeople People() => PublicPeopleGenerator.Generate();

    /// <summary>The real people of A Closer Look, from the authors' five files.</summary>
    /// <remarks>
    /// Looked for in the folder that UNLEARN_PEOPLE names, without it as <c>people</c> in the user's cache; they are not downloaded.
    /// </remarks>
    /// <exception cref="DirectoryNotFoundException">They are not there; the message names files and folder.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static PublicPeople RealPeople() => PublicPeople.Load(DataSearch.Here.People());

    /// <summary>The generated world of dialogues that is kept in <c>data/dialogues</c>.</summary>
    /// <remarks>
    /// Looked for in the folder that UNLEARN_DIALOGUES names; without it as <c>data/dialogues</c> in the current folder, the library's
    /// folder and all folders above them.
    /// </remarks>
    /// <exception cref="DirectoryNotFoundException">It is in none of these places; the message lists them and how to make it.</exception>
    public static DialogueWorld Dialogues() => DialogueWorld.Load();

    /// <summary>A data set by the name that notebooks and commands use.</summary>
    /// <param name="name"><c>world</c>, <c>tofu</c> or <c>people</c>.</param>
    /// <exception cref="ArgumentException">There is no data set of this name.</exception>
    public static Corpus Named(string name) => name switch
    {
        "world" => World(),
        "tofu" => Tofu(),
        "people" => People().Corpus,
        _ => throw new ArgumentException($"Expected the data set 'world', 'tofu' or 'people', got '{name}'.", nameof(name)),
    };
}
