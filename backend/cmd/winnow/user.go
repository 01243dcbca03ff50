package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"winnow/backend/internal/account"
	"winnow/backend/internal/app"
	"winnow/backend/internal/fault"
)

func userCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "user", Short: "Add, list, disable users or give them a new password, from the machine itself"}
	cmd.AddCommand(userAddCommand(), userListCommand(), userResetCommand(), userSwitchCommand("disable", true), userSwitchCommand("enable", false))
	return cmd
}

func userAddCommand() *cobra.Command {
	var in account.NewUser
	var role string
	cmd := &cobra.Command{
		Use:   "add",
		Short: "Add a user; the password is read from standard input",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			r, ok := account.ParseRole(role)
			if !ok {
				return fault.New(fault.Invalid, "role_unknown", "The role must be viewer, user or admin.")
			}
			if interactive() {
				if _, err := fmt.Fprint(cmd.ErrOrStderr(), "Password (at least 12 characters, shown as you type): "); err != nil {
					return err
				}
			}
			line, err := bufio.NewReader(cmd.InOrStdin()).ReadString('\n')
			if err != nil && line == "" {
				return fault.New(fault.Invalid, "password_missing", "Give the password on standard input, for example: winnow user add … < password.txt")
			}
			in.Password = strings.TrimRight(line, "\r\n")
			return withApp(cmd.Context(), func(ctx context.Context, a *app.App) error {
				u, err := a.Accounts.AddUser(ctx, in, r)
				if err != nil {
					return err
				}
				_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s can sign in as %s.\n", u.Email, u.Role)
				return err
			})
		},
	}
	cmd.Flags().StringVar(&in.Email, "email", "", "e-mail address to sign in with")
	cmd.Flags().StringVar(&in.Name, "name", "", "name that others see")
	cmd.Flags().StringVar(&role, "role", "user", "viewer, user or admin")
	_ = cmd.MarkFlagRequired("email")
	_ = cmd.MarkFlagRequired("name")
	return cmd
}

func userListCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "list", Short: "List the users", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return withApp(cmd.Context(), func(ctx context.Context, a *app.App) error {
				users, err := a.Accounts.Users(ctx)
				if err != nil {
					return err
				}
				if asJSON {
					type row struct {
						ID, Email, Name, Role string
						Disabled              bool
					}
					out := make([]row, len(users))
					for i, u := range users {
						out[i] = row{u.ID, u.Email, u.Name, string(u.Role), u.DisabledAt != nil}
					}
					return json.NewEncoder(cmd.OutOrStdout()).Encode(out)
				}
				for _, u := range users {
					state := ""
					if u.DisabledAt != nil {
						state = "  (disabled)"
					}
					if _, err := fmt.Fprintf(cmd.OutOrStdout(), "%-32s %-8s %s%s\n", u.Email, u.Role, u.Name, state); err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func userResetCommand() *cobra.Command {
	return &cobra.Command{
		Use: "reset EMAIL", Short: "Print a link with which a user chooses a new password", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return withUser(cmd.Context(), args[0], func(ctx context.Context, a *app.App, u account.User) error {
				url, err := a.Accounts.ResetLink(ctx, u.ID)
				if err != nil {
					return err
				}
				_, err = fmt.Fprintln(cmd.OutOrStdout(), url)
				return err
			})
		},
	}
}

func userSwitchCommand(name string, disabled bool) *cobra.Command {
	return &cobra.Command{
		Use: name + " EMAIL", Short: map[bool]string{true: "Shut an account and end its sessions", false: "Open an account again"}[disabled], Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return withUser(cmd.Context(), args[0], func(ctx context.Context, a *app.App, u account.User) error {
				_, err := a.Accounts.UpdateUser(ctx, u.ID, account.UserPatch{Disabled: &disabled}, nil)
				return err
			})
		},
	}
}

// withUser runs f with the user of an e-mail address.
func withUser(ctx context.Context, email string, f func(context.Context, *app.App, account.User) error) error {
	return withApp(ctx, func(ctx context.Context, a *app.App) error {
		users, err := a.Accounts.Users(ctx)
		if err != nil {
			return err
		}
		_, key, _ := account.ParseEmail(email)
		for _, u := range users {
			if _, k, _ := account.ParseEmail(u.Email); k == key {
				return f(ctx, a, u)
			}
		}
		return fault.Newf(fault.NotFound, "user_not_found", "There is no user %s. See: winnow user list", email)
	})
}
