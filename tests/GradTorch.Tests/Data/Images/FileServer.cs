using System.Net;
using System.Net.Sockets;

namespace GradTorch.Tests.Data;

/// <summary>A web server on the loopback that answers each request with what the test gives it.</summary>
internal sealed class FileServer : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly Func<string, HttpListenerResponse, Task> answer;
    private int requests;

    /// <param name="answer">Gets the file's name as asked for and fills the response, or aborts it.</param>
    public FileServer(Func<string, HttpListenerResponse, Task> answer)
    {
        this.answer = answer;
        Address = new Uri($"http://127.0.0.1:{FreePort()}/");
        listener.Prefixes.Add(Address.ToString());
        listener.Start();
        _ = Task.Run(ServeAsync);
    }

    public Uri Address { get; }

    public int Requests => Volatile.Read(ref requests);

    public static Func<string, HttpListenerResponse, Task> Sending(Func<string, byte[]> content) => async (name, response) =>
    {
        var bytes = content(name);
        response.ContentLength64 = bytes.Length;
        await response.OutputStream.WriteAsync(bytes);
    };

    public void Dispose() => listener.Close();

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            Interlocked.Increment(ref requests);
            _ = Task.Run(async () =>
            {
                await answer(context.Request.Url!.AbsolutePath.TrimStart('/'), context.Response);
                context.Response.Close();
            });
        }
    }
}
