// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A module that connects to itself over the loopback device. The kernel keeps what it knows about
// that neighbour when the module has gone.
#include <linux/in.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/net.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <net/net_namespace.h>
#include <net/sock.h>

static int start_loopback(void) {
  int error;

  rtnl_lock();
  error = dev_open(init_net.loopback_dev, NULL);
  rtnl_unlock();
  return error;
}

static struct sockaddr_in address = {.sin_family = AF_INET};

// The kernel's functions take a struct sockaddr_unsized since Linux 6.19.
#define ADDRESS ((void *)&address)

static int listen_on(struct socket *listener) {
  int error = kernel_bind(listener, ADDRESS, sizeof(address));

  return error ? error : kernel_listen(listener, 1);
}

static int talk(struct socket *listener, struct socket *client) {
  int error;

  address.sin_port = htons(4711);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  error = listen_on(listener);
  return error ? error : kernel_connect(client, ADDRESS, sizeof(address), 0);
}

static int make_socket(struct socket **socket) {
  return sock_create_kern(&init_net, AF_INET, SOCK_STREAM, IPPROTO_TCP, socket);
}

static int __init neighbour_init(void) {
  struct socket *listener;
  struct socket *client;
  int error = start_loopback();

  if (error) return error;
  error = make_socket(&listener);
  if (error) return error;
  error = make_socket(&client);
  if (error) goto no_client;
  error = talk(listener, client);
  if (!error) pr_info("neighbour: connected\n");
  sock_release(client);
no_client:
  sock_release(listener);
  return error;
}

static void __exit neighbour_exit(void) {}

module_init(neighbour_init);
module_exit(neighbour_exit);

MODULE_DESCRIPTION("Connects to itself");
MODULE_LICENSE("Dual MIT/GPL");
