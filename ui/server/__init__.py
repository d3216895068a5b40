"""What stands between the network and the chat: who may come in, by what name, and how often."""
