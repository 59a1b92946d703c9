using EdgeQuant.Firmware.Models;
using EdgeQuant.Runtime;

namespace EdgeQuant.Firmware;

/// <summary>
/// Holds the model that runs, and takes a new one while it runs. <see cref="Look"/>, called again and again from any one thread, sees that
/// the file has changed, waits until it is complete, loads, checks and self-tests it; <see cref="Swap"/>, called by the loop between two
/// decisions, puts it in place. A file that cannot be used is refused once, with one line, and the model that runs goes on.
/// </summary>
public sealed class ModelSlot
{
    private readonly string _path;
    private readonly ModelLoader _loader;
    private readonly TimeProvider _time;
    private FileStamp _known;
    private FileStamp _seen;
    private long _seenSince;
    private LoadedModel? _next;
    private DeviceEvent? _refusal;

    /// <summary>Loads the model that runs first.</summary>
    /// <param name="path">The model's file.</param>
    /// <param name="loader">Loads and checks files.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ModelRefusedException">It cannot be used.</exception>
    public ModelSlot(string path, ModelLoader loader, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(loader);
        _path = path;
        _loader = loader;
        _time = time;
        _known = FileStamp.Of(path);
        _seen = _known;
        Model = loader.Load(path);
    }

    /// <summary>How long a file must stay as it is before it is loaded: who writes it slowly is not finished yet.</summary>
    public static TimeSpan Settling { get; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a file that is shorter than it says may stay as it is before it is refused.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);

    /// <summary>The model that runs.</summary>
    public LoadedModel Model { get; private set; }

    /// <summary>What runs it.</summary>
    public Pipeline Pipeline => Model.Pipeline;

    /// <summary>Whether <see cref="Swap"/> has something to say.</summary>
    public bool HasNews => Volatile.Read(ref _next) is not null || Volatile.Read(ref _refusal) is not null;

    /// <summary>Looks whether the file has changed; loads it if it has, and is complete.</summary>
    public void Look()
    {
        FileStamp stamp = FileStamp.Of(_path);
        if (stamp == _known || !stamp.Exists)
        {
            _seen = stamp;
            return;
        }

        if (stamp != _seen)
        {
            _seen = stamp;
            _seenSince = _time.GetTimestamp();
            return;
        }

        TimeSpan still = _time.GetElapsedTime(_seenSince);
        if (still < Settling)
        {
            return;
        }

        Load(stamp, still);
    }

    /// <summary>Puts a new model in place if there is one. Called between two decisions, from the thread that runs the model.</summary>
    /// <returns>What happened: a new model is in place, or one was refused; null: nothing.</returns>
    public DeviceEvent? Swap()
    {
        if (Interlocked.Exchange(ref _refusal, null) is { } refusal)
        {
            return refusal;
        }

        if (Interlocked.Exchange(ref _next, null) is not { } next)
        {
            return null;
        }

        string before = Model.ShortName;
        Model = next;
        return new DeviceEvent(
            _time.GetUtcNow(),
            DeviceEventKind.ModelSwapped,
            $"{_path}: model {next.ShortName} has replaced {before}; labels: {string.Join(", ", next.Labels)}.");
    }

    private void Load(FileStamp stamp, TimeSpan still)
    {
        try
        {
            byte[] file = ModelLoader.Read(_path);
            if (FileStamp.Of(_path) != stamp || (ModelFileLength.IsIncomplete(file) && still < Patience))
            {
                return;
            }

            _known = stamp;
            LoadedModel loaded = _loader.Load(_path, file);
            if (loaded.Sha256 != Model.Sha256)
            {
                Volatile.Write(ref _next, loaded);
            }
        }
        catch (ModelRefusedException exception)
        {
            _known = stamp;
            Volatile.Write(ref _refusal, new DeviceEvent(
                _time.GetUtcNow(),
                DeviceEventKind.ModelRefused,
                $"{exception.Message} Model {Model.ShortName} goes on."));
        }
    }
}
