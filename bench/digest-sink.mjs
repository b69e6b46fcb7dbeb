/** An SMTP server that reads mails and forgets them: as little work as the protocol allows, in a process of its own. */
import { createServer } from "node:net";

const END = Buffer.from("\r\n.\r\n");
let mails = 0;
let bytes = 0;

const server = createServer((socket) => {
  let inData = false;
  let tail = Buffer.alloc(0);
  socket.setNoDelay(true);
  socket.write("220 sink ESMTP\r\n");
  socket.on("error", () => undefined);
  socket.on("data", (chunk) => {
    bytes += chunk.length;
    tail = Buffer.concat([tail, chunk]);
    for (;;) {
      if (inData) {
        const at = tail.indexOf(END);
        if (at === -1) {
          tail = tail.subarray(Math.max(0, tail.length - END.length + 1));
          return;
        }
        tail = tail.subarray(at + END.length);
        inData = false;
        mails++;
        socket.write("250 2.0.0 taken\r\n");
      } else {
        const at = tail.indexOf("\r\n");
        if (at === -1) return;
        const line = tail.subarray(0, at).toString("latin1").toUpperCase();
        tail = tail.subarray(at + 2);
        if (line === "DATA") {
          inData = true;
          // So that an empty message's end is found, too.
          socket.write("354 go on\r\n");
        } else if (line === "QUIT") socket.end("221 bye\r\n");
        else if (line.startsWith("EHLO")) socket.write("250-sink\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n");
        else socket.write("250 ok\r\n");
      }
    }
  });
});
server.listen(0, "127.0.0.1", () => process.send(server.address().port));
process.on("message", () => process.send({ mails, bytes }));
process.on("disconnect", () => process.exit());
